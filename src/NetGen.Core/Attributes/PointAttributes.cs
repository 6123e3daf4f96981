namespace NetGen;

/// <summary>The common base of attributes that say where a point (<see cref="Layer"/>) stands in its network.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public abstract class PointAttribute : Attribute;

/// <summary>What the layers of a point start from; without it, the point above.</summary>
/// <param name="point">The name of a point further up, or <see cref="Layer.Input"/>.</param>
public sealed class FromAttribute(string point) : PointAttribute
{
    /// <summary>The point's name.</summary>
    public string Point { get; } = point;
}

/// <summary>
/// Makes a point one of the network's outputs, in the order of the points. A loss on a point does so too; where neither is
/// written, the last point is the output.
/// </summary>
public sealed class OutputAttribute : PointAttribute;
