namespace NetGen.Optimizers;

public abstract partial class Optimizer
{
    /// <summary>A copy of all that is remembered between steps.</summary>
    public OptimizerState ExportState()
    {
        var slots = new Dictionary<string, float[]>();
        for (int slot = 0; slot < _state.Length; slot++)
            slots.Add(StateNames[slot], _state[slot].Span.ToArray());
        return new OptimizerState(GetType().Name, StepCount, slots);
    }

    /// <summary>
    /// Takes over a copied state: the steps that follow give the bits that they would have given where it was copied.
    /// </summary>
    /// <param name="state">A state of the same kind of optimizer, prepared for as many parameters.</param>
    /// <exception cref="ArgumentException">The state does not fit; nothing has changed.</exception>
    public void ImportState(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (MistakeIn(state) is { } mistake)
            throw new ArgumentException(mistake, nameof(state));
        for (int slot = 0; slot < _state.Length; slot++)
            state.Slots[StateNames[slot]].CopyTo(_state[slot].Span);
        StepCount = state.StepCount;
        if (StepCount > 0)
            ComputeConstants(StepCount);
    }

    /// <summary>Why a state is not one of this optimizer as it is prepared, or null if it is.</summary>
    internal string? MistakeIn(OptimizerState state)
    {
        string name = GetType().Name;
        if (state.Optimizer != name)
            return $"The state belongs to {state.Optimizer}, this optimizer is {name}.";
        if (state.StepCount < 0)
            return $"The state is of {state.StepCount} steps.";
        if (state.Slots.Count != _state.Length || StateNames.Take(_state.Length).Any(slot => !state.Slots.ContainsKey(slot)))
        {
            return $"This {name} remembers {Named(StateNames.Take(_state.Length))} between steps, the one whose state it is "
                + $"{Named(state.Slots.Keys)}: "
                + "give it the settings that the other had.";
        }

        foreach ((string slot, float[] values) in state.Slots)
        {
            if (values.Length != Length)
                return $"The state's '{slot}' has {values.Length} values; the optimizer is prepared for {Length} parameters.";
        }

        return null;
    }

    private static string Named(IEnumerable<string> slots) => slots.Any() ? string.Join(" and ", slots.Select(slot => $"'{slot}'")) : "nothing";
}
