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
        RequireFits(state);
        for (int slot = 0; slot < _state.Length; slot++)
            state.Slots[StateNames[slot]].CopyTo(_state[slot].Span);
        StepCount = state.StepCount;
        if (StepCount > 0)
            ComputeConstants(StepCount);
    }

    /// <summary>Refuses a state that is not one of this optimizer as it is prepared.</summary>
    /// <exception cref="ArgumentException">The state does not fit.</exception>
    internal void RequireFits(OptimizerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Optimizer != GetType().Name)
        {
            throw new ArgumentException(
                $"The state belongs to {state.Optimizer}, this optimizer is {GetType().Name}.", nameof(state));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(state.StepCount);
        if (state.Slots.Count != _state.Length)
        {
            throw new ArgumentException(
                $"Expected the state slots '{string.Join("', '", StateNames)}', found '{string.Join("', '", state.Slots.Keys)}'; "
                + "prepare the optimizer, with the settings the state was made with, before importing.",
                nameof(state));
        }

        foreach (string name in StateNames)
        {
            if (!state.Slots.TryGetValue(name, out var values))
                throw new ArgumentException($"The state has no slot '{name}'.", nameof(state));
            if (values.Length != Length)
            {
                throw new ArgumentException(
                    $"The state's slot '{name}' has {values.Length} values; the optimizer is prepared for {Length} parameters.",
                    nameof(state));
            }
        }
    }
}
