namespace NetGen;

/// <content>The update: of each part of the gradient as soon as it is there, and of the rest, or of all, at the end.</content>
internal sealed partial class TrainingJob<TNetwork>
{
    private readonly Lock _beginning = new();
    private bool _hasBegun;

    /// <summary>Whether each part of the gradient may be applied as soon as it is there, because nothing needs the whole first.</summary>
    internal bool AppliesParts => Use == GradientUse.Update && IsOfOnePiece && !WantsNorm && _penalties.IsEmpty
        && _options is { ClipNorm: null, ClipValue: null, CheckGradients: false };

    /// <summary>Clips and applies the gradient where that is what it is for, and says what came of it.</summary>
    private void Finish(Worker worker, int from, int to, double loss, bool usable)
    {
        double norm = double.NaN;
        if (IsLast && usable && (WantsNorm || (Updates && (_options.ClipNorm is not null || _options.CheckGradients))))
        {
            norm = ComputeNorm(worker);
            usable = double.IsFinite(norm);
        }
        else if (IsLast && Updates && _options.ClipValue is { } limit)
        {
            Gradients.ClipByValue(Frame.GradientSpan[from..to], limit);
        }

        if (IsLast && TakesStates && !usable && !_states.IsEmpty)
            _states.Restore(Frame.ParameterSpan, from, to);
        if (worker.Index == 0)
        {
            // Everybody read the loss so far before the first barrier.
            Loss = loss;
            Norm = norm;
            Refused = IsLast && Use != GradientUse.Inspect && !usable;
        }

        if (!(IsLast && Updates && usable))
            return;
        BeginStep(_options.ClipNorm is { } longest ? Gradients.ClipScale(norm, longest) : 1);
        if (!Frame.Tables.IsEmpty)
            worker.Barrier();
        foreach ((int start, int end) in Frame.Applied)
        {
            Update(from, Math.Min(start, to));
            from = Math.Max(from, end);
        }

        Update(from, to);
    }

    bool IPartUpdate.Begins()
    {
        if (!double.IsFinite(Frame.SumOfLosses()))
            return false;
        BeginStep(1);
        return true;
    }

    void IPartUpdate.Apply(ReadOnlySpan<float> gradient, int from) => _optimizer.UpdatePart(Frame.ParameterSpan, gradient, from);

    /// <summary>Begins the optimizer's step, whichever worker comes first: all come with the same scale before they update anything.</summary>
    private void BeginStep(float gradientScale)
    {
        lock (_beginning)
        {
            if (!_hasBegun)
                _optimizer.BeginStep(gradientScale);
            _hasBegun = true;
        }
    }

    private void Update(int from, int to)
    {
        if (from < to)
            _optimizer.Update(Frame.ParameterSpan, Frame.GradientSpan, from, to, _tables.AsSpan(0, _tableCount));
    }
}
