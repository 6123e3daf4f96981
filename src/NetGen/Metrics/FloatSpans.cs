namespace NetGen.Metrics;

/// <summary>Questions about many numbers at once.</summary>
internal static class FloatSpans
{
    /// <summary>Whether one of them is NaN.</summary>
    internal static bool ContainsAnyNaN(this ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (float.IsNaN(value))
                return true;
        }

        return false;
    }

    /// <inheritdoc cref="ContainsAnyNaN(ReadOnlySpan{float})"/>
    internal static bool ContainsAnyNaN(this Span<float> values) => ((ReadOnlySpan<float>)values).ContainsAnyNaN();
}
