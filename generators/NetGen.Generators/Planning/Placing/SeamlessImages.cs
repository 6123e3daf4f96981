using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// The images that everybody goes through pixel by pixel, all alike: norms, activations, softmaxes, means, products of single pixels. Where they lie
/// channel by channel, nothing needs room behind a line; without it the pixels of a channel are one long line, as callers pass them, whose
/// memory is read and written as it lies.
/// </summary>
internal sealed class SeamlessImages
{
    private readonly Orientation _orientation;
    private readonly HashSet<Value> _known = [];
    private readonly HashSet<Value> _others = [];

    private SeamlessImages(Orientation orientation) => _orientation = orientation;

    /// <param name="operations">All operations of a program.</param>
    /// <param name="orientation">What lies along the vectors of images.</param>
    public static SeamlessImages Of(IReadOnlyList<Operation> operations, Orientation orientation)
    {
        var images = new SeamlessImages(orientation);
        foreach (Operation operation in operations)
        {
            images._known.UnionWith(operation.Outputs.Concat(operation.Inputs));
            foreach (Value value in operation.Outputs.Concat(operation.Inputs).Where(value => !IsPixelwise(operation, value)))
                images._others.Add(value);
        }

        // A map is computed in the pass of the product or the window before it, which goes line by line.
        foreach (Map map in operations.OfType<Map>().Where(map => map.Inputs.Any(input => input.Shape.IsImage && images._others.Contains(input))))
            images._others.Add(map.Output);
        return images;
    }

    public bool Contains(Value value) => value is { IsPerSample: true, Shape.IsImage: true }
        && _orientation.HasColumnsAlongVector(value) && _known.Contains(value) && !_others.Contains(value);

    /// <summary>Whether an operation goes through all pixels of a tensor alike, at the same place in all its images.</summary>
    public static bool IsPixelwise(Operation operation, Value value) => operation switch
    {
        Map map => value == map.Output || value.Shape.Extents.SequenceEqual(map.Output.Shape.Extents),
        Reduce reduce => new[] { reduce.Target, reduce.Source }.Where(access => access.Value == value).All(access => PixelOf(access) is not null),
        Contract contract => IsPixelwise(contract),
        Reshape reshape => reshape.Source.Shape.IsVector || reshape.Output.Shape.IsVector,
        Relayout or Judgement or DropoutMask or Softmax or SoftmaxGradient => true,
        _ => false,
    };

    /// <summary>Whether a product reads and writes one place of all images that take part in it.</summary>
    public static bool IsPixelwise(Contract contract)
    {
        if (ScatterToGather.Of(contract, alongColumns: false) is not [{ IsEmpty: false } gather])
            return false;
        (Axis?, Axis?)?[] pixels =
        [
            .. new[] { contract.Target with { Indices = gather.Target }, gather.Left, gather.Right }
                .Where(access => access.Value is { IsPerSample: true, Shape.IsImage: true }).Select(PixelOf),
        ];
        return pixels.All(pixel => pixel is not null && pixel.Equals(pixels[0]));
    }

    /// <summary>The axes that count lines and columns, one each; null where a place is another than they say, or hangs on more.</summary>
    private static (Axis? Row, Axis? Column)? PixelOf(Access access)
    {
        if (!access.Value.Shape.IsImage)
            return null;
        IndexTerm[][] terms = [.. access.Indices.Skip(1).Select(index => index.Terms.Where(term => term.Axis.Extent > 1).ToArray())];
        return access.Indices.Skip(1).All(index => index.Offset == 0) && terms.All(some => some is [] or [{ Coefficient: 1 }])
            ? (terms[0].FirstOrDefault()?.Axis, terms[1].FirstOrDefault()?.Axis)
            : null;
    }
}
