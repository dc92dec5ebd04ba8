"""The model, in the order of the story: places, scenario, women, designs, play, measures."""
