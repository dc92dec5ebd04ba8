"""What is wrong with a store, in the words of every message: where, what must be true, what we got, what to do."""

import errno

from sim.scenario import Fault

_REMEDIES = {
    errno.ENOSPC: "Free some space and give the same command again; what is finished is kept.",
    errno.EDQUOT: "Free some of your quota and give the same command again; what is finished is kept.",
    errno.EFBIG: "Raise the limit and give the same command again; what is finished is kept.",
    errno.EROFS: "Choose another folder with --store or --out.",
    errno.EACCES: "Check your rights to it, or choose another folder.",
    errno.EPERM: "Check your rights to it, or choose another folder.",
    errno.ENOTDIR: "Choose a folder, not a file.",
    errno.EEXIST: "Choose a folder, not a file.",
}


class StoreError(Exception):
    """A store, or a file of it, that cannot be used as asked.

    Parameters
    ----------
    where : str
        The file or folder.
    allowed : str
        What must be true.
    got : str
        What we got.
    remedy : str
        What to do.
    """

    def __init__(self, where: str, allowed: str, got: str, remedy: str) -> None:
        self.parts = (where, allowed, got, remedy)
        super().__init__(str(Fault(where, None, "", allowed, got, remedy)))

    def __reduce__(self) -> tuple[type["StoreError"], tuple[str, str, str, str]]:
        return StoreError, self.parts


def unusable(where: str, allowed: str, error: OSError) -> StoreError:
    """Say in plain words what the file system refused.

    Parameters
    ----------
    where : str
        The file or folder.
    allowed : str
        What must be true.
    error : OSError
        What it answered.

    Returns
    -------
    StoreError
        To be raised.
    """
    remedy = _REMEDIES.get(error.errno or 0, "Check the path and the disk, and give the same command again.")
    return StoreError(where, allowed, (error.strerror or str(error)).lower(), remedy)
