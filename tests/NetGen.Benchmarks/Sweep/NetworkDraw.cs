namespace NetGen.Benchmarks.Sweep;

/// <summary>Draws networks that somebody could have written: perceptrons, chains on images, blocks of known kinds, single layers.</summary>
/// <remarks>Equal seeds and numbers give equal networks, whatever else is drawn.</remarks>
internal sealed class NetworkDraw
{
    // Of one sample: below, a call takes nanoseconds and is what `quick` looks after; above, a step of 32 takes seconds or too much memory.
    private const double LeastOperations = 2e4;
    private const double MostOperations = 2.5e8;
    private const double MostActivations = 1.2e6;
    private const long MostWeights = 12_000_000;

    private readonly List<DrawnPoint> _points = [];
    private readonly List<DrawnLayer> _layers = [];
    private RandomStream _random;
    private int[] _input = [];

    private NetworkDraw(int seed, ulong stream) => _random = new RandomStream(seed, stream);

    private int[] Shape => _layers.Count > 0 ? _layers[^1].Output : _points.Count > 0 ? _points[^1].Output : _input;

    /// <summary>Draws one.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="number">The network's number among those of the seed.</param>
    public static DrawnNetwork Draw(int seed, int number)
    {
        for (uint attempt = 0; ; attempt++)
        {
            DrawnNetwork network = new NetworkDraw(seed, ((ulong)number << 32) + attempt).Any(number);
            double operations = network.Layers.Sum(layer => layer.Products + layer.Functions + layer.Length);
            if (operations is >= LeastOperations and <= MostOperations
                && network.Activations + DrawnLayer.LengthOf(network.Input) <= MostActivations
                && network.Layers.Sum(layer => layer.Weights) <= MostWeights
                && network.Layers.All(layer => layer.Output.All(extent => extent > 0)))
                return network;
        }
    }

    private DrawnNetwork Any(int number)
    {
        string kind = new[] { "perceptron", "images", "images", "images", "separable", "residual", "inception", "layer" }[number % 8];
        switch (kind)
        {
            case "perceptron":
                Perceptron();
                break;
            case "images":
                Images();
                break;
            case "separable":
                Separable();
                break;
            case "residual":
                Residual();
                break;
            case "inception":
                Inception();
                break;
            default:
                SingleLayer();
                break;
        }

        if (_layers.Count > 0)
            EndPoint("Last");
        return new DrawnNetwork($"{kind} {number}", _input, [.. _points]);
    }

    private void Perceptron()
    {
        _input = [Size(1, 4096)];
        int activation = Activation();
        for (int depth = _random.NextInt(4); depth >= 0; depth--)
        {
            _layers.Add(LayerKinds.Dense(Shape, Size(1, 4096), Chance(0.9)));
            if (Chance(0.2))
                _layers.Add(Chance(0.5) ? LayerKinds.BatchNorm(Shape) : LayerKinds.LayerNorm(Shape));
            Activate(activation);
        }

        _layers.Add(LayerKinds.Dense(Shape, Size(1, 1000), bias: true));
    }

    private void Images()
    {
        Image();
        int activation = Activation(), norm = _random.NextInt(8);
        for (int depth = 1 + _random.NextInt(5); depth > 0; depth--)
        {
            int kernel = Pick(1, 3, 3, 3, 5, 7, 11), stride = Pick(1, 1, 1, 1, 2, 2, 3, 4);
            int dilation = kernel > 1 && Chance(0.1) ? 2 : 1;
            int channels = Chance(0.3) ? Shape[0] : Channels();
            int groups = Pick(1, 1, 1, 1, 1, 2, 4, 8);
            if (Shape[0] % groups != 0 || channels % groups != 0)
                groups = 1;
            Convolve(channels, kernel, stride, dilation, groups, norm > 2);
            Normalise(norm);
            Activate(activation);
            if (Chance(0.35) && Shape[1] > 3)
                Pool();
        }

        Head();
    }

    private void Separable()
    {
        Image(leastChannels: 8);
        int activation = Activation(), kernel = Pick(3, 3, 3, 5, 7);
        for (int depth = 1 + _random.NextInt(3); depth > 0; depth--)
        {
            bool isInverted = Chance(0.5);
            if (isInverted)
            {
                Convolve(Shape[0] * Pick(2, 4, 6), 1, 1, 1, 1, bias: false);
                Normalise(0);
                Activate(activation);
            }

            _layers.Add(LayerKinds.Depthwise(Shape, new DrawnWindow(kernel, Pick(1, 1, 2), Pad: kernel / 2), bias: false));
            Normalise(0);
            Activate(activation);
            Convolve(Channels(8), 1, 1, 1, 1, bias: false);
            Normalise(0);
            if (!isInverted)
                Activate(activation);
        }

        Head();
    }

    private void Residual()
    {
        Image(leastChannels: 4);
        int activation = Activation(), norm = _random.NextInt(6);
        string above = "";
        for (int block = 0, blocks = 1 + _random.NextInt(3); block < blocks; block++)
        {
            bool narrows = Chance(0.3) && Shape[1] > 7;
            int channels = above.Length == 0 || narrows ? Channels(4) : Shape[0], stride = narrows ? 2 : 1;
            string shortcut = above;
            if (above.Length == 0 || channels != Shape[0] || stride != 1)
            {
                Convolve(channels, above.Length == 0 ? Pick(1, 3, 5) : 1, stride, 1, 1, norm > 2);
                Normalise(norm);
                EndPoint(shortcut = $"Short{block}");
            }

            DrawnPoint start = _points.Single(point => point.Name == (above.Length == 0 ? shortcut : above));
            _layers.Add(Convolution(start.Output, channels, 3, above.Length == 0 ? 1 : stride, 1, 1, norm > 2));
            Normalise(norm);
            Activate(activation);
            Convolve(channels, 3, 1, 1, 1, norm > 2);
            Normalise(norm);
            EndPoint($"Branch{block}", start.Name);
            _layers.Add(LayerKinds.Join("Add", Shape, shortcut, $"Branch{block}"));
            Activate(activation);
            EndPoint(above = $"Merged{block}", shortcut, $"Branch{block}");
        }

        Head();
    }

    private void Inception()
    {
        Image(leastChannels: 3);
        int activation = Activation();
        Convolve(Channels(8), 3, 1, 1, 1, bias: true);
        Activate(activation);
        EndPoint("Stem");
        int[] stem = Shape;
        string[] branches = [.. Enumerable.Range(0, 2 + _random.NextInt(3)).Select(branch => $"Branch{branch}")];
        foreach (string branch in branches)
        {
            if (Chance(0.3))
                _layers.Add(LayerKinds.Pool(stem, new DrawnWindow(3, Pad: 1), Chance(0.5)));
            _layers.Add(Convolution(_layers.Count > 0 ? Shape : stem, Channels(4), Pick(1, 1, 3, 5), 1, 1, 1, bias: true));
            Activate(activation);
            EndPoint(branch, "Stem");
        }

        int[] joined = [branches.Sum(branch => _points.Single(point => point.Name == branch).Output[0]), stem[1], stem[2]];
        _layers.Add(LayerKinds.Join("Concat", joined, branches));
        EndPoint("Joined", branches);
        Convolve(Channels(8), Pick(1, 3), 1, 1, 1, bias: true);
        Activate(activation);
        Head();
    }

    private void SingleLayer()
    {
        Image();
        switch (_random.NextInt(9))
        {
            case 0:
                Pool();
                break;
            case 1:
                _layers.Add(LayerKinds.GlobalPool(Shape, Chance(0.3)));
                _layers.Add(LayerKinds.Flatten(Shape));
                _layers.Add(LayerKinds.Dense(Shape, Size(2, 1000), bias: true));
                break;
            case 2:
                Normalise(_random.NextInt(3));
                break;
            case 3:
                _layers.Add(ActivationKinds.Create(_random.NextInt(ActivationKinds.Count), Shape));
                break;
            case 4:
                _layers.Add(LayerKinds.Softmax(Shape));
                break;
            case 5:
                int kernel = Pick(3, 5, 7);
                _layers.Add(LayerKinds.Depthwise(Shape, new DrawnWindow(kernel, Pick(1, 2), Pad: kernel / 2), Chance(0.5)));
                break;
            default:
                Convolve(Channels(), Pick(1, 3, 5, 7, 11), Pick(1, 1, 2, 3), 1, 1, bias: true);
                break;
        }
    }

    private void Image(int leastChannels = 1)
    {
        int size = Chance(0.5) ? Pick(4, 7, 8, 14, 16, 28, 32, 56, 64, 112, 128, 224) : Size(4, 224);
        _input = [leastChannels <= 3 && Chance(0.4) ? Pick(1, 3) : Channels(leastChannels), size, size];
    }

    private void Convolve(int channels, int kernel, int stride, int dilation, int groups, bool bias) =>
        _layers.Add(Convolution(Shape, channels, kernel, stride, dilation, groups, bias));

    private DrawnLayer Convolution(int[] shape, int channels, int kernel, int stride, int dilation, int groups, bool bias)
    {
        // A kernel that does not fit becomes one that does.
        while (dilation * (kernel - 1) + 1 > shape[1])
            (kernel, dilation) = dilation > 1 ? (kernel, 1) : (kernel - 2, 1);
        kernel = Math.Max(kernel, 1);
        int pad = kernel == 1 || Chance(0.25) ? 0 : dilation * (kernel - 1) / 2;
        if (_points.Count > 0)
            pad = dilation * (kernel - 1) / 2;
        return LayerKinds.Convolution(shape, channels, new DrawnWindow(kernel, Math.Min(stride, shape[1]), dilation, pad), groups, bias);
    }

    private void Pool()
    {
        DrawnWindow window = _random.NextInt(4) switch
        {
            0 => new DrawnWindow(3, 2, Pad: 1),
            1 => new DrawnWindow(3, Pick(1, 2, 3)),
            _ => new DrawnWindow(2, 2),
        };
        _layers.Add(LayerKinds.Pool(Shape, window, Chance(0.6)));
    }

    private void Normalise(int norm)
    {
        if (norm == 0)
            _layers.Add(LayerKinds.BatchNorm(Shape));
        else if (norm == 1 && Shape[0] % 4 == 0 && Shape[1] > 1)
            _layers.Add(LayerKinds.GroupNorm(Shape, 4));
        else if (norm is 1 or 2 && Shape[1] > 1)
            _layers.Add(LayerKinds.InstanceNorm(Shape));
    }

    private void Activate(int kind) => _layers.Add(ActivationKinds.Create(kind, Shape));

    // What ends a network of images: classes, or an image.
    private void Head()
    {
        if (Chance(0.15))
            return;
        if (Chance(0.5) || DrawnLayer.LengthOf(Shape) > 8192)
            _layers.Add(LayerKinds.GlobalPool(Shape, isMaximum: false));
        _layers.Add(LayerKinds.Flatten(Shape));
        _layers.Add(LayerKinds.Dense(Shape, Pick(10, 10, 100, 1000, Size(1, 500)), bias: true));
    }

    private void EndPoint(string name, params string[] from)
    {
        _points.Add(new DrawnPoint(name, from, [.. _layers]));
        _layers.Clear();
    }

    // Every second network is one of rectifiers.
    private int Activation() => Chance(0.5) ? 0 : _random.NextInt(ActivationKinds.Count);

    private int Channels(int least = 1) => Chance(0.7) ? Math.Max(least, Pick(4, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512)) : Size(least, 512);

    // As often between 1 and 2 as between 1,000 and 2,000.
    private int Size(int least, int most) => (int)Math.Round(least * Math.Pow((double)most / least, _random.NextDouble()));

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private int Pick(params ReadOnlySpan<int> choices) => choices[_random.NextInt(choices.Length)];
}
