using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The lengths of what functions over spans are given. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FunctionSpan
{
    /// <summary>Refuses a span of another length.</summary>
    /// <param name="length">The length that it has.</param>
    /// <param name="expected">The length that it must have.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"'{name}' has {length} elements, but must have {expected}.", name);
    }

    /// <summary>
    /// Refuses an output that is shorter than the inputs, or lies across one of them: elements would be read that were written before. All of an
    /// input may be its memory.
    /// </summary>
    /// <param name="output">The output.</param>
    /// <param name="name">Its name.</param>
    /// <param name="input">An input, as long as all others.</param>
    /// <exception cref="ArgumentException">It is shorter, or overlaps an input from another place on.</exception>
    public static void RequireOutput<T>(Span<T> output, string name, ReadOnlySpan<T> input)
    {
        if (output.Length < input.Length)
            throw new ArgumentException($"'{name}' has {output.Length} elements, but needs {input.Length}.", name);
        if (output[..input.Length].Overlaps(input, out int offset) && offset != 0)
        {
            throw new ArgumentException(
                $"'{name}' overlaps an input, {Math.Abs(offset)} elements {(offset > 0 ? "before" : "behind")} its beginning; "
                + "begin at the same element, or take other memory.",
                name);
        }
    }

    /// <inheritdoc cref="RequireOutput{T}(Span{T}, string, ReadOnlySpan{T})"/>
    public static void RequireOutput<T>(Span<T> output, string name, ReadOnlySpan<T> input, ReadOnlySpan<T> second)
    {
        RequireOutput(output, name, input);
        RequireOutput(output, name, second);
    }

    /// <inheritdoc cref="RequireOutput{T}(Span{T}, string, ReadOnlySpan{T})"/>
    public static void RequireOutput<T>(Span<T> output, string name, ReadOnlySpan<T> input, ReadOnlySpan<T> second, ReadOnlySpan<T> third)
    {
        RequireOutput(output, name, input, second);
        RequireOutput(output, name, third);
    }

    /// <inheritdoc cref="RequireOutput{T}(Span{T}, string, ReadOnlySpan{T})"/>
    public static void RequireOutput<T>(
        Span<T> output, string name, ReadOnlySpan<T> input, ReadOnlySpan<T> second, ReadOnlySpan<T> third, ReadOnlySpan<T> fourth)
    {
        RequireOutput(output, name, input, second);
        RequireOutput(output, name, third, fourth);
    }
}
