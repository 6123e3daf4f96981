namespace NetGen.Numerics.Tests.Streams;

/// <summary>
/// The networks that RTNeural tests itself by: their weights loaded, their outputs within its own tolerance, as a whole and, where they are
/// causal, sample by sample.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class RtNeuralTests
{
    private static readonly int[] s_asPyTorch = [0, 1, 2, 3];

    // Keras has update, reset, candidate; PyTorch reset, update, candidate.
    private static readonly int[] s_gruOfKeras = [1, 0, 2];

    [Fact]
    public void Dense_layers_agree()
    {
        var (file, model) = (new RtNeuralFile("dense"), new RtDense());
        foreach (int layer in (int[])[0, 2, 4, 6, 8, 9, 10, 11])
            file.LoadDense(layer, model.Parameters, $"{layer}");
        float[] inputs = Column("dense_x_python.csv"), outputs = new float[inputs.Length];
        model.PredictBatch(inputs, outputs);
        Within(1e-6f, Column("dense_y_python.csv"), outputs);
    }

    [Fact]
    public void Convolutions_with_norms_agree()
    {
        var (file, model) = (new RtNeuralFile("conv"), new RtConvolution());
        file.LoadConvolution(1, model.Parameters, "2");
        file.LoadNorm(2, model.Parameters, "4");
        model.Parameters["5.weight"].CopyFrom(file.Weights(3, 0).Values);
        file.LoadConvolution(4, model.Parameters, "6");
        file.LoadConvolution(5, model.Parameters, "8");
        file.LoadNorm(6, model.Parameters, "10");
        model.Parameters["11.weight"].CopyFrom(file.Weights(7, 0).Values);
        // A dense layer for each step is a convolution of one tap.
        file.LoadDense(0, model.Parameters, "0");
        file.LoadDense(8, model.Parameters, "12");
        Agrees(model, model.OpenStream(), 1e-6f, Column("conv_x_python.csv"), Column("conv_y_python.csv"));
    }

    [Fact]
    public void A_gru_of_Keras_agrees()
    {
        var (file, model) = (new RtNeuralFile("gru"), new RtGru());
        file.LoadDense(0, model.Parameters, "0");
        file.LoadRecurrent(1, model.Parameters, "2", s_gruOfKeras);
        file.LoadDense(2, model.Parameters, "3");
        file.LoadDense(3, model.Parameters, "5");
        Agrees(model, model.OpenStream(), 5e-6f, Column("gru_x_python.csv"), Column("gru_y_python.csv"));
    }

    [Fact]
    public void An_lstm_of_Keras_agrees()
    {
        var (file, model) = (new RtNeuralFile("lstm_1d"), new RtLstm());
        file.LoadRecurrent(0, model.Parameters, "0", s_asPyTorch);
        file.LoadDense(1, model.Parameters, "1");
        Agrees(model, model.OpenStream(), 1e-6f, Column("lstm_1d_x_python.csv"), Column("lstm_1d_y_python.csv"));
    }

    [Fact]
    public void Stacked_grus_of_PyTorch_agree()
    {
        var model = new RtStackedGru();
        new RtNeuralFile("gru_torch").LoadByName(model.Parameters);
        Agrees(model, model.OpenStream(), 1e-6f, Column("gru_torch_x_python.csv"), Column("gru_torch_y_python.csv"));
    }

    [Fact]
    public void A_convolution_of_PyTorch_agrees()
    {
        var model = new RtConv1D();
        LoadOnly("conv1d_torch", model.Parameters);
        AgreesFromTap(model, model.OpenStream(), 5, RtNeuralFile.Rows("conv1d_torch_x_python.csv"), RtNeuralFile.Rows("conv1d_torch_y_python.csv"));
    }

    [Fact]
    public void A_grouped_convolution_of_PyTorch_agrees()
    {
        var model = new RtGroupedConv1D();
        LoadOnly("conv1d_torch_group_6_3_3_1_3", model.Parameters);
        AgreesFromTap(
            model, model.OpenStream(), 3, RtNeuralFile.Rows("conv1d_torch_group_x_python.csv"), RtNeuralFile.Rows("conv1d_torch_group_y_python_6_3_3_1_3.csv"));
    }

    [Fact]
    public void A_transposed_convolution_of_PyTorch_agrees()
    {
        var model = new RtTransposedConv1D();
        LoadOnly("convtranspose1d_torch", model.Parameters);
        float[] outputs = new float[RtTransposedConv1D.OutputLength];
        model.Predict([.. RtNeuralFile.Rows("convtranspose1d_torch_x_python.csv").SelectMany(row => row)], outputs);
        Within(1e-6f, [.. RtNeuralFile.Rows("convtranspose1d_torch_y_python.csv").SelectMany(row => row)], outputs);
    }

    private static void LoadOnly(string file, ParameterBlock parameters) => new RtNeuralFile(file).LoadByName(parameters, "only.");

    private static float[] Column(string file) => [.. RtNeuralFile.Rows(file).Select(row => row[0])];

    private static void Agrees<TNetwork>(TNetwork model, PredictionStream stream, float tolerance, float[] inputs, float[] expected)
        where TNetwork : class, INetwork<TNetwork>
    {
        var outputs = new float[expected.Length];
        model.Predict(inputs, outputs);
        Within(tolerance, expected, outputs);
        stream.Steps(inputs, outputs);
        Within(tolerance, expected, outputs);
    }

    /// <summary>
    /// Checks a convolution without padding, whose first step is that of a causal one at the last tap; channels are rows of what is expected.
    /// </summary>
    private static void AgreesFromTap<TNetwork>(TNetwork model, PredictionStream stream, int taps, float[][] steps, float[][] expected)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] signal = [.. Enumerable.Range(0, steps[0].Length).SelectMany(channel => steps.Select(step => step[channel]))];
        var whole = new float[TNetwork.OutputLength];
        model.Predict(signal, whole);
        var output = new float[expected.Length];
        for (int step = 0; step < steps.Length; step++)
        {
            stream.Step(steps[step], output);
            if (step < taps - 1)
                continue;
            float[] right = [.. expected.Select(channel => channel[step - taps + 1])];
            Within(1e-6f, right, output);
            Within(1e-6f, right, [.. Enumerable.Range(0, right.Length).Select(channel => whole[(channel * steps.Length) + step])]);
        }
    }

    private static void Within(float tolerance, float[] expected, float[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (!(Math.Abs(expected[i] - found[i]) <= tolerance))
                Assert.Fail($"[{i}]: expected {expected[i]}, found {found[i]}.");
        }
    }
}
