using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What an attention works on, and how.</summary>
/// <param name="heads">The heads, each of which has queries, keys and values of its own.</param>
/// <param name="queries">The steps that look.</param>
/// <param name="keys">The steps that are looked at.</param>
/// <param name="size">The elements of a query and of a key.</param>
/// <param name="valueSize">The elements of a value, and of what a head makes of them.</param>
/// <param name="scale">What scores are multiplied by, above 0.</param>
/// <param name="isCausal">Whether a step looks at itself and earlier ones alone; there are as many keys as queries then.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct AttentionShape(int heads, int queries, int keys, int size, int valueSize, float scale, bool isCausal)
{
    internal readonly int Heads = heads, Queries = queries, Keys = keys, Size = size, ValueSize = valueSize;
    internal readonly float Scale = scale;
    internal readonly bool IsCausal = isCausal;
}

/// <summary>Where the rows of an attention's tensor lie, of which each sample has one for each head and step.</summary>
/// <param name="sample">Floats from one sample's rows to the next sample's.</param>
/// <param name="head">Floats from one head's rows to the next head's.</param>
/// <param name="step">Floats from one step's row to the next.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HeadRows(int sample, int head, int step)
{
    internal readonly int Step = step;

    /// <summary>How many floats behind the first a sample's and head's first row stands.</summary>
    internal nint At(int s, int h) => ((nint)s * sample) + ((nint)h * head);
}
