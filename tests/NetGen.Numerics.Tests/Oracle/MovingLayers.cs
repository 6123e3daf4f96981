using System.Runtime.InteropServices;

namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A layer whose outputs are inputs at other places.</summary>
internal abstract class MovingLayer : LinearLayer
{
    protected override ReadOnlySpan<double> Factors => [1.0];

    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate() => Places.Of(Output)
        .Select((place, o) => (o, Source: SourceOf(place)))
        .Where(move => move.Source is not null)
        .Select(move => (move.o, Places.Offset(Input, move.Source!), 0));

    /// <summary>Where an output is from; null where it is zero.</summary>
    protected abstract int[]? SourceOf(int[] place);
}

/// <summary>The same elements in the same order.</summary>
internal abstract class ReshapingLayer : MovingLayer
{
    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate() => Enumerable.Range(0, Length(Input)).Select(i => (i, i, 0));

    protected override int[]? SourceOf(int[] place) => throw new NotSupportedException();
}

/// <summary>Makes one dimension of all.</summary>
internal sealed class OracleFlatten : ReshapingLayer
{
    public override string Attribute => "Flatten";

    protected override int[] OutputShape() => [Length(Input)];
}

/// <summary>A matrix as an image of one channel, which is implied and has no place among modules.</summary>
internal sealed class OracleOneChannel : ReshapingLayer
{
    public override string Attribute => throw new NotSupportedException("It is never written.");

    public override bool IsModule => false;

    public static OracleOneChannel? Before(int[] shape) => shape.Length == 2 ? new() : null;

    protected override int[] OutputShape() => [1, .. Input];
}

internal sealed class OracleReshape(params int[] shape) : ReshapingLayer
{
    public override string Attribute => $"Reshape({string.Join(", ", shape)})";

    protected override int[] OutputShape() => shape;
}

/// <summary>Takes all dimensions of length 1 away.</summary>
internal sealed class OracleSqueeze : ReshapingLayer
{
    public override string Attribute => "Squeeze";

    protected override int[] OutputShape() => Input.Any(extent => extent > 1) ? [.. Input.Where(extent => extent > 1)] : [1];
}

internal sealed class OracleTranspose(params int[] order) : MovingLayer
{
    public override string Attribute => $"Transpose({string.Join(", ", order)})";

    protected override int[] OutputShape() => [.. order.Select(d => Input[d])];

    protected override int[] SourceOf(int[] place) => [.. order.Select((_, d) => place[Array.IndexOf(order, d)])];
}

/// <summary>A part along a dimension, as a slice or as one of equal parts.</summary>
internal sealed class OracleSlice : MovingLayer
{
    private readonly int _axis, _start, _length;

    private OracleSlice(string attribute, int axis, int start, int length)
    {
        Attribute = attribute + (axis == 0 ? ")" : $", Axis = {axis})");
        (_axis, _start, _length) = (axis, start, length);
    }

    public static OracleSlice Of(int axis, int start, int length) => new($"Slice({start}, {length}", axis, start, length);

    public static OracleSlice Part(int axis, int parts, int part, int[] shape) =>
        new($"Split({parts}, {part}", axis, shape[axis] / parts * part, shape[axis] / parts);

    public override string Attribute { get; }

    protected override int[] OutputShape() => [.. Input.Select((extent, d) => d == _axis ? _length : extent)];

    protected override int[] SourceOf(int[] place) => [.. place.Select((p, d) => d == _axis ? p + _start : p)];
}

/// <summary>A border around rows and columns, or before and behind a signal; cut away where it is negative.</summary>
internal sealed class OracleBorder((int Top, int Bottom)? rows, int left, int right, PadMode mode = PadMode.Zero) : MovingLayer
{
    public override string Attribute => (left + right + rows?.Top + rows?.Bottom ?? left + right) < 0 ? $"Crop({Sides})"
        : mode == PadMode.Zero ? $"Pad({Sides})"
        : $"Pad({Sides}, Mode = PadMode.{mode})";

    protected override int[] OutputShape() => rows is { } vertical
        ? [Input[0], Input[1] + vertical.Top + vertical.Bottom, Input[2] + left + right]
        : [Input[0], Input[1] + left + right];

    protected override int[]? SourceOf(int[] place)
    {
        int[] source = rows is { } vertical
            ? [place[0], Source(place[1] - vertical.Top, Input[1]), Source(place[2] - left, Input[2])]
            : [place[0], Source(place[1] - left, Input[1])];
        return source.Contains(-1) ? null : source;
    }

    private int Source(int at, int extent) => at >= 0 && at < extent ? at : mode switch
    {
        PadMode.Zero => -1,
        PadMode.Edge => Math.Clamp(at, 0, extent - 1),
        _ => at < 0 ? -at : 2 * (extent - 1) - at,
    };

    private string Sides => (rows is { } vertical ? $"Top = {Math.Abs(vertical.Top)}, Bottom = {Math.Abs(vertical.Bottom)}, " : "")
        + $"Left = {Math.Abs(left)}, Right = {Math.Abs(right)}";
}

/// <summary>Every element several times, in every direction but the channels'.</summary>
internal sealed class OracleRepeat(int factor) : MovingLayer
{
    public override string Attribute => $"Upsample({factor})";

    protected override int[] OutputShape() => [Input[0], .. Input.Skip(1).Select(extent => extent * factor)];

    protected override int[] SourceOf(int[] place) => [place[0], .. place.Skip(1).Select(p => p / factor)];
}

/// <summary>Weighted means of the neighbours of a place, pixels being squares with their centres in the middle.</summary>
internal sealed class OracleInterpolation(int factor) : LinearLayer
{
    private readonly List<double> _factors = [];

    public override string Attribute => $"Upsample({factor}, Mode = UpsampleMode.Bilinear)";

    protected override int[] OutputShape() => [Input[0], .. Input.Skip(1).Select(extent => extent * factor)];

    protected override ReadOnlySpan<double> Factors => CollectionsMarshal.AsSpan(_factors);

    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate()
    {
        foreach ((int o, int[] place) in Places.Of(Output).Index())
        {
            // Two neighbours in each direction, and every combination of them.
            for (int corner = 0; corner < 1 << (Input.Length - 1); corner++)
            {
                double share = 1;
                var source = new int[Input.Length];
                source[0] = place[0];
                for (int d = 1; d < Input.Length; d++)
                {
                    double at = Math.Clamp((place[d] + 0.5) / factor - 0.5, 0, Input[d] - 1);
                    int below = (int)at;
                    bool isUpper = (corner >> (d - 1) & 1) == 1;
                    source[d] = Math.Min(isUpper ? below + 1 : below, Input[d] - 1);
                    share *= isUpper ? at - below : 1 - (at - below);
                }

                if (share == 0)
                    continue;
                _factors.Add(share);
                yield return (o, Places.Offset(Input, source), _factors.Count - 1);
            }
        }
    }
}

/// <summary>Channels spread over squares.</summary>
internal sealed class OraclePixelShuffle(int factor) : MovingLayer
{
    public override string Attribute => $"PixelShuffle({factor})";

    public override OracleLayer? Implied(int[] shape) => OracleOneChannel.Before(shape);

    protected override int[] OutputShape() => [Input[0] / (factor * factor), Input[1] * factor, Input[2] * factor];

    protected override int[] SourceOf(int[] place) =>
        [place[0] * factor * factor + place[1] % factor * factor + place[2] % factor, place[1] / factor, place[2] / factor];
}
