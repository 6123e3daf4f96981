using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0045 and NG0058 to NG0061: layers that cut, join, turn and pad.</summary>
public class MovingDiagnosticsTests
{
    private static void Reports(string layers, params string[] messages) =>
        Markup.Reports($"[Network, Input(4, 6, 8), {layers}] public partial class Net;", messages);

    [Theory]
    [InlineData("Crop(0, Left = 1), Glu({|NG0058:Axis = 2|})", "Glu: 2 equal parts cannot be cut from 4×6×7", 7)]
    [InlineData("Split({|NG0058:3|}, 0)", "Split: 3 equal parts cannot be cut from 4×6×8", 4)]
    [InlineData("PixelShuffle({|NG0058:3|})", "PixelShuffle: 9 equal parts cannot be cut from 4×6×8", 4)]
    public void NG0058_parts_that_are_not_equal(string layers, string what, int elements) => Reports(
        layers,
        $"{what}, whose dimension has {elements} elements; write a divisor of {elements}, or give the layer before it another size");

    [Theory]
    [InlineData("Reshape({|NG0059:4, 6, 9|})", "4×6×9")]
    [InlineData("Reshape({|NG0059:-1, -1|})", "-1×-1")]
    [InlineData("Reshape({|NG0059:-1, 5|})", "-1×5")]
    [InlineData("Reshape({|NG0059:0, 192|})", "0×192")]
    [InlineData("Reshape({|NG0059:1, 1, 4, 6, 8|})", "1×1×4×6×8")]
    public void NG0059_a_reshape_that_loses_or_invents_elements(string layer, string sizes) => Reports(
        layer, $"Reshape: {sizes} cannot hold 4×6×8, which has 192 elements; write 1 to 4 positive sizes whose product is 192, or -1 for one of them");

    [Theory]
    [InlineData("Transpose({|NG0060:0, 1|})", "0, 1")]
    [InlineData("Transpose({|NG0060:0, 1, 1|})", "0, 1, 1")]
    [InlineData("Transpose({|NG0060:1, 2, 3|})", "1, 2, 3")]
    public void NG0060_an_order_that_is_none(string layer, string order) => Reports(
        layer, $"Transpose: ({order}) is no order of the dimensions of 4×6×8; write each of 0, 1, 2 once");

    [Fact]
    public void NG0061_a_crop_of_everything() => Reports(
        "{|NG0061:Crop(3)|}", "Crop: 6 would be cut from a dimension of 6, which leaves nothing; make the border narrower");

    [Theory]
    [InlineData("Slice({|NG0010:4|}, 1)", "Slice: start must be 0 to 3, but is 4")]
    [InlineData("Slice(1, {|NG0010:4|})", "Slice: length must be 1 to 3, but is 4")]
    [InlineData("Slice(1, 1, {|NG0010:Axis = 3|})", "Slice: Axis must be -3 to 2, but is 3")]
    [InlineData("Split(2, {|NG0010:2|})", "Split: part must be 0 to 1, but is 2")]
    [InlineData("Pad({|NG0010:6|}, Mode = PadMode.Reflect, Left = 1, Right = 1)", "Pad: size must be 0 to 5, but is 6")]
    [InlineData("Pad(1, {|NG0010:Mode = (PadMode)3|})", "Pad: Mode must be PadMode.Zero, PadMode.Reflect or PadMode.Edge, but is 3")]
    [InlineData("Upsample({|NG0010:0|})", "Upsample: factor must be 1 to 64, but is 0")]
    [InlineData("Squeeze({|NG0010:1|})", "Squeeze: axis must be a dimension of length 1 of 4×6×8, but is 1")]
    public void NG0010_numbers_outside_the_tensor(string layer, string message) => Reports(layer, message);

    [Theory]
    [InlineData("Pad(1)")]
    [InlineData("Crop(1)")]
    [InlineData("Upsample(2)")]
    public void NG0021_borders_need_something_to_be_around(string layer) => Markup.Reports(
        $"[Network, Input(4), {{|NG0021:{layer}|}}] public partial class Net;",
        $"{layer.Split('(')[0]} works on channels × height × width, but what comes before it is a vector of 4; move it before the first [Dense] or "
        + "[Flatten], or give [Input] three dimensions");

    [Fact]
    public void NG0045_joined_tensors_differ_along_one_dimension_only() => Markup.Reports(
        [
            "[Network, Input(4, 6, 8)] public partial class Net { [Relu] public partial Layer A { get; } "
            + "[Crop(1), Concat({|NG0045:nameof(A)|}, Axis = 1)] public partial Layer B { get; } }",
        ],
        ["CS9248"],
        "Concat: what comes before is 4×4×6, but 'A' is 4×6×8; give both the same shape but for dimension 1, along which they are joined");

    [Fact]
    public void Right_ones_of_all_kinds_report_nothing() => Reports(
        "Slice(1, 2, Axis = -1), Pad(1, Mode = PadMode.Edge, Top = 0), Crop(0, Bottom = 1), Transpose(2, 1, 0), Reshape(-1, 8), Upsample(3, Mode = "
        + "UpsampleMode.Bilinear), Split(2, 1, Axis = 1), Squeeze, Glu");
}
