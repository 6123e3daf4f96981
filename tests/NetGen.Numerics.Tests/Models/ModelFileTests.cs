namespace NetGen.Numerics.Tests.Models;

/// <summary>One file holds what is needed to predict raw features, and whatever does not fit is refused.</summary>
public sealed class ModelFileTests : IDisposable
{
    private static readonly string[] s_names = ["oak", "Ulme \"n\"", "松", "beech"];
    private static readonly Scaling s_scaling = new([1, 2, 3.25f], [0.1f, 2, 1e-7f], 3);

    private readonly string _directory = Directory.CreateTempSubdirectory("netgen-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string FilePath => Path.Combine(_directory, "model.safetensors");

    [Fact]
    public void A_model_comes_back_with_names_and_scalings_and_the_same_bits()
    {
        var network = new ThreeToFour(seed: 3);
        network.Save(FilePath, new ModelCard { ClassNames = s_names, InputScaling = s_scaling });

        Model<ThreeToFour> model = ThreeToFour.LoadFrom(FilePath);

        Assert.Equal(s_names, model.Card.ClassNames);
        Assert.Equal(s_scaling.Shift.ToArray(), model.Card.InputScaling!.Shift.ToArray());
        Assert.Equal(s_scaling.Scale.ToArray(), model.Card.InputScaling!.Scale.ToArray());
        Assert.Null(model.Card.TargetScaling);
        Assert.Equal(OutputMeaning.ClassLogits, model.Outputs);
        float[] input = [3, 9, -4];
        float[] scaled = [(3f - 1) * 0.1f, (9f - 2) * 2, (-4f - 3.25f) * 1e-7f];
        var expected = new float[4];
        network.Predict(scaled, expected);
        var output = new float[4];
        model.Predict(input, output);
        Assert.Equal(expected, output);
        Assert.Equal(network.Classify(scaled), model.Classify(input));
        Assert.Equal(s_names[network.Classify(scaled)], model.ClassifyName(input));

        // Saved again, it is the same file.
        string again = Path.Combine(_directory, "again.safetensors");
        model.Save(again);
        Assert.Equal(File.ReadAllBytes(FilePath), File.ReadAllBytes(again));
    }

    [Fact]
    public void Regressions_answer_in_their_own_units()
    {
        var network = new TwoValues(seed: 1);
        var target = new Scaling([10, -3], [0.5f, 4], 2);
        network.Save(FilePath, new ModelCard { TargetScaling = target });
        Model<TwoValues> model = TwoValues.LoadFrom(FilePath);
        float[] inputs = [1, 2, 3, 4, -5, 6];
        var raw = new float[6];
        network.PredictBatch(inputs, raw);

        var outputs = new float[6];
        model.PredictBatch(inputs, outputs);

        for (int i = 0; i < 6; i++)
            Assert.Equal(i % 2 == 0 ? raw[i] / 0.5f + 10 : raw[i] / 4 - 3, outputs[i]);
        var one = new float[2];
        model.Predict(inputs.AsSpan(2, 2), one);
        Assert.Equal(outputs[2..4], one);
    }

    [Fact]
    public void Batches_are_scaled_as_single_samples_are()
    {
        var scaling = new Scaling([0.5f, -1], [2, 3], BigInput.InputLength);
        var model = new Model<BigInput>(new BigInput(seed: 5), new ModelCard { InputScaling = scaling });
        const int Count = 1500;
        var inputs = new float[Count * BigInput.InputLength];
        var random = new Random(1);
        foreach (ref float value in inputs.AsSpan())
            value = random.NextSingle();
        var outputs = new float[Count * 3];
        model.PredictBatch(inputs, outputs);

        var scaled = new float[inputs.Length];
        scaling.Apply(inputs, scaled);
        var expected = new float[outputs.Length];
        model.Network.PredictBatch(scaled, expected);
        Assert.Equal(expected, outputs);
        Assert.Equal((inputs[900] + 1) * 3, scaled[900]);
        Assert.Throws<ArgumentException>(() => model.PredictBatch(new float[3], outputs));
        Assert.Throws<ArgumentException>(() => model.PredictBatch(inputs, new float[5]));
        Assert.Throws<ArgumentException>(() => model.Predict(new float[3], new float[3]));
        Assert.Throws<ArgumentException>(() => model.Predict(inputs.AsSpan(0, 1600).ToArray(), new float[4]));
    }

    [Fact]
    public void A_network_without_a_loss_learns_from_the_file_what_its_outputs_are()
    {
        new ThreeToFour(seed: 3).Save(FilePath, new ModelCard { ClassNames = s_names });

        Model<ThreeToFourPredictor> model = ThreeToFourPredictor.LoadFrom(FilePath);

        Assert.Equal(OutputMeaning.ClassLogits, model.Outputs);
        var expected = new float[4];
        ThreeToFour.LoadFrom(FilePath).PredictProbabilities([1, 2, 3], expected);
        var found = new float[4];
        model.PredictProbabilities([1, 2, 3], found);
        Assert.Equal(expected, found);
        Assert.Equal(1, found.Sum(), 1e-6f);
    }

    [Fact]
    public void Files_of_parameters_alone_are_models_without_names()
    {
        var network = new ThreeToFour(seed: 3);
        var builder = new SafeTensorsBuilder();
        foreach (ParameterTensor tensor in network.Parameters)
            builder.Add(tensor.Name, tensor.Shape, tensor.ToArray());
        builder.Save(FilePath);

        Model<ThreeToFour> model = ThreeToFour.LoadFrom(FilePath);

        Assert.Empty(model.Card.ClassNames);
        Assert.Equal(network.Classify([1, 2, 3]), model.Classify([1, 2, 3]));
        Assert.Contains("have no names", Assert.Throws<InvalidOperationException>(() => model.ClassifyName([1, 2, 3])).Message);
        Assert.Null(model.RankClasses([1, 2, 3], 1)[0].Name);
    }

    [Fact]
    public void Another_network_is_refused_with_the_first_layer_that_differs()
    {
        new ThreeToFour().Save(FilePath, new ModelCard { ClassNames = s_names });

        // What loads parameters alone looks too: the shapes are the same.
        var other = new ThreeToFourWithTanh(seed: 9);
        float[] before = other.Parameters.Span.ToArray();
        string message = Assert.Throws<InvalidDataException>(() => other.Load(FilePath)).Message;
        Assert.Contains("saved by ThreeToFour, which is not built as ThreeToFourWithTanh: expected '1: Tanh, output 5', found '1: Relu, output 5'", message);
        Assert.Equal(before, other.Parameters.Span.ToArray());
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => ThreeToFourWithTanh.LoadFrom(FilePath)).Message);

        Assert.Contains(
            "expected '4: Softmax, output 4', found nothing more",
            Assert.Throws<InvalidDataException>(() => ThreeToFourWithSoftmax.LoadFrom(FilePath)).Message);
        Assert.Contains("expected 'Input(2)', found 'Input(3)'", Assert.Throws<InvalidDataException>(() => Coin.LoadFrom(FilePath)).Message);
        Assert.Contains(
            "its outputs are ClassScores, those of the file are ClassLogits",
            Assert.Throws<InvalidDataException>(() => ThreeToFourScores.LoadFrom(FilePath)).Message);
    }

    /// <summary>Files that were delivered must load for ever: whoever changes the words that describe layers meets this test.</summary>
    [Fact]
    public void The_layers_are_listed_as_in_the_files_of_earlier_versions()
    {
        var stream = new MemoryStream();
        new Model<BigInput>(new BigInput(), new ModelCard { ClassNames = ["a", "b", "c"] }).Save(stream);
        stream.Position = 0;

        IReadOnlyDictionary<string, string> metadata = SafeTensorsFile.Read(stream).Metadata;

        Assert.Equal("1", metadata["netgen.version"]);
        Assert.Equal("BigInput", metadata["netgen.network"]);
        Assert.Equal("ClassLogits", metadata["netgen.outputs"]);
        Assert.Equal("""["a","b","c"]""", metadata["netgen.classes"]);
        Assert.Equal("""["Input(2×40×20)","0: GlobalAveragePool, output 2×1×1","2: Dense(3), output 3"]""", metadata["netgen.layers"]);
    }

    [Theory]
    [InlineData("netgen.version", "2", "'netgen.version' 1 in its metadata, found 2")]
    [InlineData("netgen.version", null, "found missing")]
    [InlineData("netgen.layers", null, "has no 'netgen.layers'")]
    [InlineData("netgen.layers", "Dense(5)", "'netgen.layers' is no list of strings")]
    [InlineData("netgen.outputs", "Logit", "'netgen.outputs' is 'Logit', which is none of")]
    [InlineData("netgen.outputs", "7", "'netgen.outputs' is '7'")]
    [InlineData("netgen.classes", """["a","b","c"]""", "tells 4 classes apart, but there are 3 class names")]
    [InlineData("netgen.classes", """["a","b","c","a"]""", "two classes have the name 'a'")]
    [InlineData("netgen.classes", """["a","b"," ","d"]""", "a class name is empty")]
    [InlineData("netgen.classes", """["a","b","c",4]""", "'netgen.classes' is no list of strings")]
    [InlineData("netgen.classes", """["a","b","c","d"] []""", "'netgen.classes' is no list of strings")]
    [InlineData("netgen.input_shift", "[1,2,x]", "'netgen.input_shift' is no list of finite numbers")]
    [InlineData("netgen.input_shift", "[1,2,1e999]", "'netgen.input_shift' is no list of finite numbers")]
    [InlineData("netgen.input_shift", "[1,2]", "2 shifts and 3 scales do not fit rows of 3 numbers")]
    [InlineData("netgen.input_scale", null, "the metadata has only one")]
    public void Whatever_is_inconsistent_is_refused_and_changes_nothing(string key, string? value, string expected)
    {
        SafeTensorsFile file = Read(new Model<ThreeToFour>(new ThreeToFour(), new ModelCard { ClassNames = s_names, InputScaling = s_scaling }));
        var builder = new SafeTensorsBuilder();
        foreach (SafeTensor tensor in file.Tensors)
            builder.Add(tensor.Name, tensor.Shape, tensor.ToSingles());
        foreach ((string name, string text) in file.Metadata.Where(pair => pair.Key != "netgen.checksum" && pair.Key != key))
            builder.Metadata[name] = text;
        if (value is not null)
            builder.Metadata[key] = value;
        builder.Save(FilePath);
        var network = new ThreeToFour(seed: 8);
        float[] before = network.Parameters.Span.ToArray();

        string message = Assert.Throws<InvalidDataException>(() => Model<ThreeToFour>.LoadInto(network, FilePath)).Message;

        Assert.Contains(expected, message);
        Assert.Contains(FilePath, message);
        Assert.Equal(before, network.Parameters.Span.ToArray());
    }

    /// <summary>Every bit of the file, one at a time: weights, names and scales have no bit that may change unnoticed.</summary>
    [Fact]
    public void Any_flipped_bit_is_found()
    {
        var stream = new MemoryStream();
        new Model<ThreeToFour>(new ThreeToFour(), new ModelCard { ClassNames = s_names, InputScaling = s_scaling }).Save(stream);
        byte[] bytes = stream.ToArray();
        int header = 8 + (int)BitConverter.ToUInt64(bytes);
        int unnoticed = 0;

        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                Model<ThreeToFour>.LoadFrom(new MemoryStream(bytes));
                unnoticed++;
                Assert.True(bit < header * 8, $"Bit {bit} of {bytes.Length * 8} changed unnoticed.");
            }
            catch (InvalidDataException)
            {
            }

            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        // White space at the end of the header, and the name of the checksum itself.
        Assert.InRange(unnoticed, 0, 200);
    }

    [Fact]
    public void Cards_that_do_not_fit_are_refused_before_anything_is_written()
    {
        Assert.Contains("tells 4 classes apart, but there are 2", Refused(new ThreeToFour(), new ModelCard { ClassNames = ["a", "b"] }));
        Assert.Contains("tells 2 classes apart, but there are 1", Refused(new Coin(), new ModelCard { ClassNames = ["a"] }));
        Assert.Contains("for 2 floats, ThreeToFour takes 3", Refused(new ThreeToFour(), new ModelCard { InputScaling = new Scaling([1], [1], 2) }));
        Assert.Contains("for 3 floats, TwoValues gives 2", Refused(new TwoValues(), new ModelCard { TargetScaling = s_scaling }));
        Assert.Contains("only values of a regression", Refused(new ThreeToFour(), new ModelCard { TargetScaling = new Scaling([1], [1], 4) }));
        Assert.Contains("do not go with a regression", Refused(new TwoValues(), new ModelCard { ClassNames = ["a", "b"] }));
        Assert.Empty(Directory.GetFiles(_directory));
        Assert.Contains("shift 1 is NaN", Assert.Throws<ArgumentException>(() => new Scaling([1, float.NaN], [1, 1], 2)).Message);

        string Refused<TNetwork>(TNetwork network, ModelCard card) where TNetwork : class, INetwork<TNetwork> =>
            Assert.Throws<ArgumentException>(() => network.Save(FilePath, card)).Message;
    }

    [Fact]
    public void A_network_that_only_its_author_can_make_is_loaded_into()
    {
        var network = new MadeByHand("mine");
        network.Save(FilePath, new ModelCard { TargetScaling = new Scaling([1], [2], 1) });

        Assert.Throws<NotSupportedException>(() => Model<MadeByHand>.LoadFrom(FilePath));
        Assert.Equal("mine", Model<MadeByHand>.LoadInto(network, FilePath).Network.Name);
    }

    private static SafeTensorsFile Read<TNetwork>(Model<TNetwork> model) where TNetwork : class, INetwork<TNetwork>
    {
        var stream = new MemoryStream();
        model.Save(stream);
        stream.Position = 0;
        return SafeTensorsFile.Read(stream);
    }
}
