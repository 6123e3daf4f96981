using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>How the rows lie that a loss looks at one by one: a sample's outputs, or those of each of its steps.</summary>
/// <param name="Length">The outputs of a row.</param>
/// <param name="Stride">Floats from one row to the next; vectors are used if a row has room for whole ones.</param>
/// <param name="Steps">The rows of a sample.</param>
/// <param name="SampleStride">Floats from one sample's first row to the next sample's.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct LossRows(int Length, int Stride, int Steps, int SampleStride)
{
    /// <summary>One row for each sample.</summary>
    /// <param name="length">The outputs of a sample.</param>
    /// <param name="stride">Floats from one sample's row to the next.</param>
    public LossRows(int length, int stride) : this(length, stride, 1, stride)
    {
    }
}
