namespace NetGen;

/// <summary>
/// A layer that joins tensors: those of the points it names, behind what stands before it. At the beginning of a point it joins
/// two or more named points alone; with a single name it joins what the point starts from with that.
/// </summary>
/// <param name="points">The names of points further up (<c>nameof(Stem)</c>), or <see cref="Layer.Input"/>.</param>
public abstract class JoinAttribute(params string[] points) : LayerAttribute
{
    /// <summary>The points' names.</summary>
    public IReadOnlyList<string> Points { get; } = points;
}

/// <summary>
/// The sum a + b + …, element by element. The shapes are equal, or 1 where the others' dimension is repeated along it.
/// </summary>
/// <param name="points">The names of the points to add.</param>
public sealed class AddAttribute(params string[] points) : JoinAttribute(points);

/// <summary>The difference a − b − …, element by element; shapes as in <see cref="AddAttribute"/>.</summary>
/// <param name="points">The names of the points, the first one being what the others are taken from.</param>
public sealed class SubtractAttribute(params string[] points) : JoinAttribute(points);

/// <summary>One behind the other along a dimension; all other dimensions are equal.</summary>
/// <param name="points">The names of the points to join.</param>
public sealed class ConcatAttribute(params string[] points) : JoinAttribute(points)
{
    /// <summary>The dimension; negative numbers count from the last. 0, the channels or features, unless set.</summary>
    public int Axis { get; set; }
}

/// <summary>The product a · b · …, element by element; shapes as in <see cref="AddAttribute"/>.</summary>
/// <param name="points">The names of the points to multiply.</param>
public sealed class MultiplyAttribute(params string[] points) : JoinAttribute(points);
