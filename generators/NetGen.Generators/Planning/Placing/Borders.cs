using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>The zeros that stand around images, and the gaps between their pixels: as much as any product reads of them.</summary>
internal sealed class Borders
{
    private readonly Dictionary<Value, Border> _borders = [];

    private Borders()
    {
    }

    public static Borders Of(IReadOnlyList<Operation> operations, Views views)
    {
        var borders = new Borders();
        foreach (Contract contract in operations.SelectMany(ProductsOn))
        {
            (_, Access left, Access right, bool countsGaps) = ScatterToGather.Rewrite(contract);
            borders.Require(left, contract, countsGaps, views);
            borders.Require(right, contract, countsGaps: false, views);
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

    /// <summary>How far beyond its edges a product reads the image that is its left factor.</summary>
    public static Border Around(Contract contract) => Reaching(ScatterToGather.Rewrite(contract).Left);

    /// <summary>How far beyond an image's edges an access reads.</summary>
    public static Border Reaching(Access access)
    {
        if (!access.Value.Shape.IsImage)
            return Border.None;
        (int top, int bottom) = access.Indices[1].Range;
        (int left, int right) = access.Indices[2].Range;
        return new Border(
            Math.Max(0, -top), Math.Max(0, -left),
            Math.Max(0, bottom - access.Value.Shape[1] + 1), Math.Max(0, right - access.Value.Shape[2] + 1));
    }

    private void Require(Access access, Contract contract, bool countsGaps, Views views)
    {
        if (!access.Value.Shape.IsImage || !access.Value.IsPerSample)
            return;

        Border border = Reaching(access);
        if (countsGaps)
        {
            border = border with
            {
                SpaceY = ScatterToGather.FindWindow(contract, 1)?.Stride ?? 1,
                SpaceX = ScatterToGather.FindWindow(contract, 2)?.Stride ?? 1,
            };
            border = border.Fitting(access.Value.Shape, access.Indices[1].Range.Last, access.Indices[2].Range.Last);
        }

        Value root = views.RootOf(access.Value);
        _borders[root] = Around(root).Including(border);
    }
}
