using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Draws layers that a shape can have: any kind of the language but dropout, whose factors nobody knows beforehand.</summary>
internal sealed class RandomLayers(Random random)
{
    // So that the oracle, which is slow, is done with it.
    private const int MaximumLength = 1500;

    /// <summary>A layer for a shape, with what it makes of it.</summary>
    public Func<OracleLayer> Any(int[] shape)
    {
        while (true)
        {
            Func<OracleLayer> create = random.Next(10) switch
            {
                < 4 => Weighted(shape),
                4 or 5 => Norm(shape),
                6 => Activation(shape),
                _ => Moving(shape),
            };
            if (LengthOf(After(create, shape)) is > 0 and <= MaximumLength)
                return create;
        }
    }

    /// <summary>What a layer makes of a shape, with what it implies before it.</summary>
    public static int[] After(Func<OracleLayer> create, int[] shape)
    {
        OracleLayer layer = create();
        if (layer.Implied(shape) is { } implied)
        {
            implied.Bind([shape]);
            shape = implied.Output;
        }

        layer.Bind([shape]);
        return layer.Output;
    }

    public static int LengthOf(int[] shape) => shape.Aggregate(1, (product, extent) => product * Math.Max(extent, 0));

    /// <summary>A layer that keeps the shape: an activation or a norm.</summary>
    public Func<OracleLayer> Keeping(int[] shape) => random.Next(2) == 0 ? Norm(shape) : Activation(shape);

    /// <summary>Layers that end in a shape with as many dimensions as they start from, and steps that are known to fit.</summary>
    public IReadOnlyList<OracleItem> Between(int[] from, int[] to)
    {
        // Each dimension becomes a whole part of itself, rounded up.
        int[] strides = [.. from.Skip(1).Zip(to.Skip(1), (a, b) => (a + b - 1) / b)];
        var items = new List<OracleItem>();
        int[] shape = from;
        Func<OracleLayer>[] ways = from.Length switch
        {
            1 => [() => new OracleDense(to[0])],
            2 => [Signal(random.Next(1, 5), strides[0], to[0])],
            _ => [Image(random.Next(1, 5), strides, to[0])],
        };
        bool pools = from.Length > 1 && random.Next(3) == 0;
        if (pools)
        {
            WindowAxis[] windows = [.. strides.Select(stride => new WindowAxis(random.Next(stride, stride + 2), stride, Same: true))];
            bool isMax = random.Next(2) == 0;
            bool counts = random.Next(2) == 0;
            (WindowAxis? rows, WindowAxis columns) = from.Length == 2 ? (null, windows[0]) : (windows[0], windows[1]);
            Add(() => isMax ? new OracleMaxPool(rows, columns) : new OracleAveragePool(rows, columns, counts));
            ways = [from.Length == 2 ? Signal(random.Next(1, 4), 1, to[0]) : Image(random.Next(1, 4), [1, 1], to[0])];
        }

        foreach (Func<OracleLayer> way in ways)
            Add(way);
        for (int i = random.Next(3); i > 0; i--)
            Add(Keeping(shape));
        return items;

        void Add(Func<OracleLayer> create)
        {
            items.Add(new LayerItem(create));
            shape = After(create, shape);
        }
    }

    private Func<OracleLayer> Signal(int kernel, int stride, int channels)
    {
        bool bias = random.Next(3) != 0;
        return () => new OracleConv(channels, null, new(kernel, stride, Same: true), bias: bias);
    }

    private Func<OracleLayer> Image(int kernel, int[] strides, int channels)
    {
        bool bias = random.Next(3) != 0;
        return () => new OracleConv(channels, new(kernel, strides[0], Same: true), new(kernel, strides[1], Same: true), bias: bias);
    }

    private Func<OracleLayer> Weighted(int[] shape)
    {
        bool bias = random.Next(4) != 0;
        int channels = random.Next(1, shape.Length == 1 ? 40 : 20);
        if (shape.Length == 1 || shape.Length > 3 || random.Next(8) == 0)
        {
            int hidden = random.Next(1, 20);
            return LengthOf(shape) <= 40 && random.Next(4) == 0 ? () => new OracleSwiGlu(hidden, bias) : () => new OracleDense(channels, bias);
        }

        // A matrix is one channel to what works on images.
        bool asImage = shape.Length == 3 || random.Next(6) == 0;
        int inputs = shape.Length == 3 ? shape[0] : asImage ? 1 : shape[0];
        int groups = random.Next(3) == 0 ? Divisor(inputs) : 1;
        channels = groups * Math.Max(1, channels / groups);
        int rowExtent = shape.Length == 3 ? shape[1] : shape[0];
        int columnExtent = shape[^1];
        switch (random.Next(asImage ? 6 : 5))
        {
            case 0:
                int stride = random.Next(1, 4);
                WindowAxis spreadRows = new(random.Next(1, 4), stride, random.Next(4) == 0 ? 2 : 1), spreadColumns = new(random.Next(1, 4), random.Next(1, 3));
                int extra = random.Next(Math.Min(spreadRows.Stride, spreadColumns.Stride));
                return asImage
                    ? () => new OracleConvTranspose(channels, spreadRows, spreadColumns, extra, groups, bias)
                    : () => new OracleConvTranspose(channels, null, spreadColumns, extra, groups, bias);
            case 5:
                int multiplier = random.Next(1, 3);
                WindowAxis depthRows = Window(rowExtent), depthColumns = Window(columnExtent, depthRows);
                return () => new OracleConv(inputs * multiplier, depthRows, depthColumns, inputs, bias) { IsDepthwise = true };
            case 4 when !asImage:
                WindowAxis causal = new(random.Next(1, 4), random.Next(1, 3), random.Next(1, 3)) { Causal = true };
                return () => new OracleConv(channels, null, causal, groups, bias);
            default:
                WindowAxis rows = Window(rowExtent), columns = asImage ? Window(columnExtent, rows) : Window(columnExtent);
                return asImage
                    ? () => new OracleConv(channels, rows, columns, groups, bias)
                    : () => new OracleConv(channels, null, columns, groups, bias);
        }
    }

    private Func<OracleLayer> Norm(int[] shape)
    {
        bool affine = random.Next(4) != 0;
        double momentum = random.Next(2) == 0 ? 0.1 : 0.3;
        // Of a single number per sample nothing is left.
        bool hasPixels = shape.Length > 1 && LengthOf(shape) / shape[0] > 1;
        switch (random.Next(7))
        {
            case 0 when LengthOf(shape) > 1:
                return () => new OracleLayerNorm(affine);
            case 1:
                return () => new OracleRmsNorm();
            case 2 when hasPixels:
                return () => new OracleGroupNorm(shape[0], isInstance: true, affine);
            case 3 when LengthOf(shape) > 1:
                int groups = hasPixels ? Divisor(shape[0]) : 1;
                return () => new OracleGroupNorm(groups, affine: affine);
            default:
                return () => new OracleBatchNorm(momentum, affine);
        }
    }

    /// <summary>
    /// An activation without a jump, on whose other side rounding could be; those that make zeros of numbers, which lie on the next one's kink, only
    /// now and then.
    /// </summary>
    private Func<OracleLayer> Activation(int[] shape)
    {
        bool flag = random.Next(2) == 0;
        int smooth = random.Next(5, 13);
        return random.Next(8) switch
        {
            0 => () => new OraclePRelu(flag),
            1 when shape[0] > 1 && shape.Length <= 3 => () => new OracleSoftmax(isLogarithm: flag),
            2 => Activations.All[random.Next(5)],
            3 => Activations.All[17],
            4 => Activations.All[22],
            _ => Activations.All[smooth],
        };
    }

    private Func<OracleLayer> Moving(int[] shape)
    {
        int axis = random.Next(shape.Length);
        int start = random.Next(shape[axis]), length = random.Next(1, shape[axis] - start + 1);
        int parts = Divisor(shape[axis]), part = random.Next(parts);
        bool flag = random.Next(2) == 0;
        switch (random.Next(shape.Length is 2 or 3 ? 12 : 4))
        {
            case 0 when shape[axis] % 2 == 0:
                return () => new OracleGlu(axis);
            case 1:
                return () => OracleSlice.Of(axis, start, length);
            case 2:
                return () => OracleSlice.Part(axis, parts, part, shape);
            case 3:
                int[] reshaped = Reshaped(LengthOf(shape));
                return () => new OracleReshape(reshaped);
            case 4:
                int[] order = [.. Enumerable.Range(0, shape.Length)];
                random.Shuffle(order);
                return () => new OracleTranspose(order);
            case 5:
                int factor = random.Next(2, 4);
                return flag ? () => new OracleRepeat(factor) : () => new OracleInterpolation(factor);
            case 6:
                return Border(shape);
            case 7:
                return flag ? () => new OracleGlobalAveragePool() : () => new OracleGlobalMaxPool();
            case 8 when shape.Length == 3 && shape[0] % 4 == 0:
                return () => new OraclePixelShuffle(2);
            case 9 when shape.Contains(1) && shape.Any(extent => extent > 1):
                return () => new OracleSqueeze();
            case 10:
                return () => new OracleFlatten();
            default:
                return shape.Length is 2 or 3 ? Pool(shape) : () => OracleSlice.Of(axis, start, length);
        }
    }

    private Func<OracleLayer> Border(int[] shape)
    {
        PadMode mode = (PadMode)random.Next(3);
        int[] sides = [.. new[] { shape.Length == 3 ? shape[1] : 4, shape.Length == 3 ? shape[1] : 4, shape[^1], shape[^1] }
            .Select(extent => random.Next(Math.Min(3, extent)))];
        if (sides.Sum() > 0 && random.Next(3) == 0 && sides[0] + sides[1] < shape[^2] && sides[2] + sides[3] < shape[^1])
        {
            sides = [.. sides.Select(side => -side)];
            mode = PadMode.Zero;
        }

        (int Top, int Bottom)? rows = shape.Length == 3 ? (sides[0], sides[1]) : null;
        return () => new OracleBorder(rows, sides[2], sides[3], mode);
    }

    private Func<OracleLayer> Pool(int[] shape)
    {
        WindowAxis? rows = shape.Length == 3 ? Window(shape[1], isPool: true) : null;
        WindowAxis columns = Window(shape[^1], rows, isPool: true);
        bool counts = random.Next(2) == 0;
        return random.Next(2) == 0 ? () => new OracleMaxPool(rows, columns) : () => new OracleAveragePool(rows, columns, counts);
    }

    /// <summary>A window that fits at least once; its padding is of the kind that the other direction has.</summary>
    private WindowAxis Window(int extent, WindowAxis? other = null, bool isPool = false)
    {
        int size = random.Next(1, Math.Min(extent, 4) + 1);
        int stride = random.Next(1, 4);
        bool same = other?.Same ?? random.Next(2) == 0;
        int dilation = !isPool && size > 1 && (size - 1) * 2 + 1 <= extent && random.Next(3) == 0 ? 2 : 1;
        return same ? new(size, stride, dilation, Same: true) : new(size, stride, dilation, random.Next(0, size / 2 + 1));
    }

    private int[] Reshaped(int length)
    {
        int first = Divisor(length), second = Divisor(length / first);
        return random.Next(3) switch
        {
            0 => [length],
            1 => [first, length / first],
            _ => [first, second, length / first / second],
        };
    }

    private int Divisor(int number)
    {
        int[] divisors = [.. Enumerable.Range(1, number).Where(divisor => number % divisor == 0)];
        return divisors[random.Next(divisors.Length)];
    }
}
