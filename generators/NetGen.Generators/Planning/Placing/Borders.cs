using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>The zeros that stand around images, and the gaps between their columns: as much as any product reads of them.</summary>
internal sealed class Borders
{
    private readonly Dictionary<Value, Border> _borders = [];

    private Borders()
    {
    }

    public static Borders Of(IReadOnlyList<Operation> operations, Views views, Orientation orientation)
    {
        var borders = new Borders();
        foreach (Contract contract in operations.SelectMany(ProductsOn))
        {
            borders.Require(contract.Left.Value, Around(contract, orientation.HasColumnsAlongVector(contract.Target.Value)), views);
            borders.Require(contract.Right.Value, Reaching(contract.Right), views);
        }

        return borders;
    }

    /// <summary>The sums of products that an operation computes, or begins to, as they read images.</summary>
    private static IEnumerable<Contract> ProductsOn(Operation operation) => operation switch
    {
        Contract contract => [contract],
        TileTransform { Stage: TileStage.Input } tiles => [tiles.Convolution.Product],
        _ => [],
    };

    public Border Around(Value root) => _borders.TryGetValue(root, out Border? border) ? border : Border.None;

    /// <summary>How far beyond its edges a product reads the image that is its left factor, and the gaps that it wants between columns.</summary>
    public static Border Around(Contract contract, bool alongColumns) => ScatterToGather.Of(contract, alongColumns)
        .Where(gather => !gather.IsEmpty)
        .Aggregate(Border.None, (border, gather) => border.Including(Reaching(gather.Left, gather.Gap)));

    /// <summary>How far beyond an image's edges an access reads, whose last index counts the gaps between columns.</summary>
    private static Border Reaching(Access access, int gap = 1)
    {
        if (!access.Value.Shape.IsImage)
            return Border.None;
        (int top, int bottom) = access.Indices[1].Range;
        (int left, int right) = access.Indices[2].Range;
        return new Border(
            Math.Max(0, -top), Math.Max(0, -left),
            Math.Max(0, bottom - access.Value.Shape[1] + 1), Math.Max(0, right - (access.Value.Shape[2] - 1) * gap), gap);
    }

    private void Require(Value value, Border border, Views views)
    {
        if (!value.Shape.IsImage || !value.IsPerSample)
            return;
        Value root = views.RootOf(value);
        _borders[root] = Around(root).Including(border);
    }
}
