namespace NetGen;

/// <summary>
/// From the targets that are given to those that losses compare outputs with. They differ where class ids are given for an output that
/// decides between classes with a loss on values: 0 and 1 or −1 and 1 for a single number, one-hot rows for several.
/// </summary>
internal sealed class TargetCoding
{
    private readonly IReadOnlyList<OutputDescription> _judged;
    private readonly int?[] _lengths;
    private readonly int _inputLength;

    /// <param name="network">The network, whose outputs that have a loss it is for.</param>
    /// <param name="areClassIds">Of each, whether class ids are given.</param>
    internal TargetCoding(NetworkDescription network, Func<OutputDescription, int, bool> areClassIds)
    {
        IReadOnlyList<OutputDescription> judged = _judged = network.Judged;
        _lengths = [.. judged.Select(output => output.Lengths is { } input ? network.OffsetOf(input) : (int?)null)];
        _inputLength = network.InputLength;
        bool[] given = [.. judged.Select(areClassIds)];
        bool[] coded = [.. judged.Select((output, i) => given[i] && output.Targets == TargetKind.Values)];
        int[] lengths = [.. judged.Select(output => output.Length)], steps = [.. judged.Select(output => output.Steps)];
        Given = new TargetRows(lengths, steps, given);
        Coded = coded.Contains(true) ? new TargetRows(lengths, steps, [.. given.Zip(coded, (isGiven, isCoded) => isGiven && !isCoded)]) : Given;
    }

    /// <summary>How targets are given.</summary>
    internal TargetRows Given { get; }

    /// <summary>How losses are told them.</summary>
    internal TargetRows Coded { get; }

    /// <summary>Whether the two differ.</summary>
    internal bool IsNeeded => Coded != Given;

    /// <summary>Refuses class ids that are none, before anything is changed. Those behind a sample's end are not looked at.</summary>
    /// <param name="classes">The ids.</param>
    /// <param name="inputs">The samples' inputs, among which their lengths stand.</param>
    /// <param name="first">The number of the first sample, in messages.</param>
    /// <exception cref="ArgumentException">An id is no class; the message names the sample.</exception>
    internal void Check(ReadOnlySpan<int> classes, ReadOnlySpan<float> inputs, int first = 0)
    {
        for (int term = 0; term < _judged.Count; term++)
        {
            OutputDescription output = _judged[term];
            for (int sample = 0; Given.AreClassIds(term) && sample < classes.Length / Given.ClassLength; sample++)
            {
                ReadOnlySpan<int> ids = classes.Slice(sample * Given.ClassLength + Given.OffsetOf(term), output.Steps);
                int length = _lengths[term] is { } at ? (int)inputs[sample * _inputLength + at] : ids.Length;
                for (int step = 0; step < length; step++)
                {
                    if ((uint)ids[step] >= (uint)output.ClassCount && ids[step] != output.IgnoreIndex)
                        BatchWeights.ThrowNoClass(
                            ids[step], new LossRow(first + sample, step), output.Steps, output.ClassCount, _judged.Count == 1 ? null : output.Name);
                }
            }
        }
    }

    /// <summary>Codes targets whose ids have been checked.</summary>
    /// <param name="targets">The values given.</param>
    /// <param name="classes">The class ids given.</param>
    /// <param name="codedTargets">Room for as many coded values as the samples have.</param>
    /// <param name="codedClasses">Room for as many class ids as the samples still have.</param>
    internal void Code(ReadOnlySpan<float> targets, ReadOnlySpan<int> classes, Span<float> codedTargets, Span<int> codedClasses)
    {
        int count = classes.Length / Given.ClassLength;
        for (int sample = 0; sample < count; sample++)
        {
            for (int term = 0; term < _judged.Count; term++)
            {
                OutputDescription output = _judged[term];
                int at = sample * Coded.ValueLength + Coded.OffsetOf(term);
                if (!Given.AreClassIds(term))
                {
                    targets.Slice(sample * Given.ValueLength + Given.OffsetOf(term), output.Length).CopyTo(codedTargets[at..]);
                    continue;
                }

                ReadOnlySpan<int> ids = classes.Slice(sample * Given.ClassLength + Given.OffsetOf(term), output.Steps);
                if (Coded.AreClassIds(term))
                {
                    ids.CopyTo(codedClasses[(sample * Coded.ClassLength + Coded.OffsetOf(term))..]);
                    continue;
                }

                for (int step = 0; step < ids.Length; step++)
                    Write(ids[step], output, codedTargets.Slice(at + step * output.StepLength, output.StepLength));
            }
        }
    }

    // An id behind a sample's end, which is not looked at, is coded as none.
    private static void Write(int id, OutputDescription output, Span<float> code)
    {
        if (code.Length == 1)
        {
            code[0] = id == 1 ? 1 : output.Meaning is OutputMeaning.Signs or OutputMeaning.Margins ? -1 : 0;
            return;
        }

        code.Clear();
        if ((uint)id < (uint)code.Length)
            code[id] = 1;
    }
}
