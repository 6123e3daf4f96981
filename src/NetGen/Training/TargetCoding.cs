namespace NetGen;

/// <summary>
/// From the targets that are given to those that losses compare outputs with. They differ where class ids are given for an output that
/// decides between classes with a loss on values: 0 and 1 or −1 and 1 for a single number, one-hot rows for several.
/// </summary>
internal sealed class TargetCoding
{
    private readonly IReadOnlyList<OutputDescription> _judged;

    /// <param name="judged">The outputs that have a loss.</param>
    /// <param name="areClassIds">Of each, whether class ids are given.</param>
    internal TargetCoding(IReadOnlyList<OutputDescription> judged, Func<OutputDescription, int, bool> areClassIds)
    {
        _judged = judged;
        bool[] given = [.. judged.Select(areClassIds)];
        bool[] coded = [.. judged.Select((output, i) => given[i] && output.Targets == TargetKind.Values)];
        int[] lengths = [.. judged.Select(output => output.Length)];
        Given = new TargetRows(lengths, given);
        Coded = coded.Contains(true) ? new TargetRows(lengths, [.. given.Zip(coded, (isGiven, isCoded) => isGiven && !isCoded)]) : Given;
    }

    /// <summary>How targets are given.</summary>
    internal TargetRows Given { get; }

    /// <summary>How losses are told them.</summary>
    internal TargetRows Coded { get; }

    /// <summary>Whether the two differ.</summary>
    internal bool IsNeeded => Coded != Given;

    /// <summary>Refuses class ids that are none, before anything is changed.</summary>
    /// <exception cref="ArgumentException">An id is no class; the message names the sample.</exception>
    internal void Check(ReadOnlySpan<int> classes)
    {
        for (int term = 0; term < _judged.Count; term++)
        {
            if (!Given.AreClassIds(term))
                continue;
            int count = _judged[term].ClassCount;
            for (int i = Given.OffsetOf(term); i < classes.Length; i += Given.ClassLength)
            {
                if ((uint)classes[i] >= (uint)count)
                    BatchWeights.ThrowNoClass(classes[i], i / Given.ClassLength, count, _judged.Count == 1 ? null : _judged[term].Name);
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
                    targets.Slice(sample * Given.ValueLength + Given.OffsetOf(term), output.Length).CopyTo(codedTargets[at..]);
                else if (Coded.AreClassIds(term))
                    codedClasses[sample * Coded.ClassLength + Coded.OffsetOf(term)] = classes[sample * Given.ClassLength + Given.OffsetOf(term)];
                else
                    Write(classes[sample * Given.ClassLength + Given.OffsetOf(term)], output, codedTargets.Slice(at, output.Length));
            }
        }
    }

    private static void Write(int id, OutputDescription output, Span<float> code)
    {
        if (code.Length == 1)
        {
            code[0] = id == 1 ? 1 : output.Meaning is OutputMeaning.Signs or OutputMeaning.Margins ? -1 : 0;
            return;
        }

        code.Clear();
        code[id] = 1;
    }
}
