/* Times one move of a slider in the page itself: from its release until other numbers have been painted. */
(() => {
  const moves = { begun: null, sent: null, arrived: null, painted: null, before: "" };
  const numbers = () => [...document.querySelectorAll(".dp-numbers td")].map(cell => cell.innerText).join("|");
  const paint = then => requestAnimationFrame(() => { const one = new MessageChannel(); one.port1.onmessage = then; one.port2.postMessage(0); });
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...parts) {
      super(...parts);
      this.addEventListener("message", event => {
        if (moves.begun === null || moves.painted !== null || typeof event.data === "string") return;
        if (new TextDecoder("latin1").decode(event.data).includes("dp-numbers")) moves.arrived = performance.now();
      });
    }
    send(data) {
      if (moves.begun !== null && moves.sent === null) moves.sent = performance.now();
      super.send(data);
    }
  };
  const look = new MutationObserver(() => {
    if (moves.begun === null || moves.painted !== null || moves.arrived === null) return;
    const now = numbers();
    if (now && now !== moves.before) {
      moves.painted = 0;
      paint(() => { moves.painted = performance.now(); });
    }
  });
  window.timeMove = {
    arm() {
      Object.assign(moves, { begun: null, sent: null, arrived: null, painted: null, before: numbers() });
      window.addEventListener("pointerup", () => { moves.begun = performance.now(); }, { once: true, capture: true });
    },
    isDone: () => moves.painted > 0,
    taken: () => ({
      before_sent: moves.sent - moves.begun,
      server: moves.arrived - moves.sent,
      drawing: moves.painted - moves.arrived,
      total: moves.painted - moves.begun,
    }),
  };
  document.addEventListener("DOMContentLoaded", () =>
    look.observe(document.body, { subtree: true, childList: true, characterData: true }));
})();
