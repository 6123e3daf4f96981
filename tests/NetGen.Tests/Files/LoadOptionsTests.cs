using NetGen.Tests.Networks;

namespace NetGen.Tests.Files;

public sealed class LoadOptionsTests
{
    private readonly ParameterBlock _block = new(SampleDescription.Create());
    private readonly ParameterBlock _saved = SampleDescription.Numbered();

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("module._orig_mod.")]
    [InlineData("_orig_mod.module._orig_mod.")]
    public void Wrappers_prefixes_are_taken_off(string prefix)
    {
        _block.Load(File(name => prefix + name), new LoadOptions { Rename = [("module.", ""), ("_orig_mod.", "")] });
        Assert.Equal(_saved.Span.ToArray(), _block.Span.ToArray());
    }

    [Fact]
    public void Layers_are_renamed_once_and_the_longest_rule_wins()
    {
        // 0 → 2 and 2 → 0 cannot be done one after the other; l1 is the beginning of l12.
        MemoryStream file = File(name => name.StartsWith("0.", StringComparison.Ordinal) ? "2." + name[2..] : "0." + name[2..]);
        _block.Load(file, new LoadOptions { Rename = [("0.", "2."), ("2.", "0.")] });
        Assert.Equal(_saved.Span.ToArray(), _block.Span.ToArray());

        _block.Initialize(1);
        file = File(name => "net." + (name.StartsWith("0.", StringComparison.Ordinal) ? "l1." : "l1.2.") + name[2..]);
        _block.Load(file, new LoadOptions { Rename = [("l1.", "0."), ("l1.2.", "2."), ("net.", "")] });
        Assert.Equal(_saved.Span.ToArray(), _block.Span.ToArray());
    }

    [Fact]
    public void What_is_extra_is_left_out_when_asked()
    {
        MemoryStream file = File(name => name, builder => builder.Add("1.num_batches_tracked", [], [7L]));
        Assert.Contains("IgnoreExtra = true", Assert.Throws<InvalidDataException>(() => _block.Load(file)).Message);
        file.Position = 0;
        _block.Load(file, new LoadOptions { IgnoreExtra = true });
        Assert.Equal(_saved.Span.ToArray(), _block.Span.ToArray());
    }

    [Theory]
    [InlineData("F16")]
    [InlineData("BF16")]
    [InlineData("F64")]
    public void Other_floating_point_types_are_converted_when_asked(string type)
    {
        // Small whole numbers are the same in every type.
        foreach (ParameterTensor tensor in _saved)
            tensor.CopyFrom([.. Enumerable.Range(0, tensor.Length).Select(i => (float)(i % 200 - 100))]);
        byte[] file = Converted(type, value => value);

        string message = Assert.Throws<InvalidDataException>(() => _block.Load(new MemoryStream(file))).Message;
        Assert.Contains($"found {type}", message);
        Assert.Contains($"ConvertTypes = true converts {type}", message);
        Assert.All(_block.Span.ToArray(), value => Assert.Equal(0, value));
        _block.Load(new MemoryStream(file), new LoadOptions { ConvertTypes = true });
        Assert.Equal(_saved.Span.ToArray(), _block.Span.ToArray());
    }

    [Fact]
    public void A_double_beyond_the_range_of_singles_is_refused_and_an_infinity_is_not()
    {
        byte[] tooLarge = Converted("F64", value => value == 3 ? 1e39 : value);
        Assert.Contains("'0.weight' holds 1E+39", Assert.Throws<InvalidDataException>(
            () => _block.Load(new MemoryStream(tooLarge), new LoadOptions { ConvertTypes = true })).Message);
        Assert.All(_block.Span.ToArray(), value => Assert.Equal(0, value));
        _block.Load(
            new MemoryStream(Converted("F64", value => value == 3 ? double.PositiveInfinity : value)), new LoadOptions { ConvertTypes = true });
        Assert.Equal(float.PositiveInfinity, _block["0.weight"].ToArray()[2]);
    }

    [Fact]
    public void Integers_are_no_parameters_whatever_is_asked()
    {
        var builder = new SafeTensorsBuilder();
        foreach (ParameterTensor tensor in _saved)
            builder.Add(tensor.Name, tensor.Shape, new long[tensor.Length]);
        Assert.Contains("found I64", Assert.Throws<InvalidDataException>(
            () => _block.Load(Written(builder), new LoadOptions { ConvertTypes = true })).Message);
    }

    [Fact]
    public void A_part_is_loaded_and_the_rest_stays_whatever_the_file_has_for_it()
    {
        var builder = new SafeTensorsBuilder();
        builder.Add("0.weight", [3, 2, 2, 3], _saved["0.weight"].ToArray());
        builder.Add("0.bias", [3], _saved["0.bias"].ToArray());
        // The last layer of another task.
        builder.Add("2.weight", [7, 12], new float[84]);
        builder.Add("2.bias", [7], new float[7]);
        _block.Initialize(1);
        float[] head = _block["2.weight"].ToArray();
        float[] before = _block.Span.ToArray();

        string message = Assert.Throws<InvalidDataException>(() => _block.Load(Written(builder))).Message;
        Assert.Contains("'2.weight' should have the shape [40, 12], found [7, 12]", message);
        Assert.Contains("Only = name =>", message);
        Assert.Equal(before, _block.Span.ToArray());
        Assert.Contains("leaves nothing to load: the parameters of", Assert.Throws<ArgumentException>(
            () => _block.Load(Written(builder), new LoadOptions { Only = name => name.StartsWith("head.", StringComparison.Ordinal) })).Message);
        Assert.Equal(before, _block.Span.ToArray());
        _block.Load(Written(builder), new LoadOptions { Only = name => !name.StartsWith("2.", StringComparison.Ordinal) });
        Assert.Equal(_saved["0.weight"].ToArray(), _block["0.weight"].ToArray());
        Assert.Equal(_saved["0.bias"].ToArray(), _block["0.bias"].ToArray());
        Assert.Equal(head, _block["2.weight"].ToArray());
    }

    [Fact]
    public void What_is_missing_is_kept_when_asked_but_not_everything()
    {
        var builder = new SafeTensorsBuilder();
        builder.Add("0.bias", [3], [7f, 8, 9]);
        Assert.Contains("KeepMissing = true", Assert.Throws<InvalidDataException>(() => _block.Load(Written(builder))).Message);
        _block.Load(Written(builder), new LoadOptions { KeepMissing = true });
        Assert.Equal([7f, 8, 9], _block["0.bias"].ToArray());

        var empty = new SafeTensorsBuilder();
        empty.Add("other", [1], [1f]);
        Assert.Throws<InvalidDataException>(() => _block.Load(Written(empty), new LoadOptions { KeepMissing = true, IgnoreExtra = true }));
    }

    [Fact]
    public void Two_tensors_that_would_have_one_name_are_refused()
    {
        MemoryStream file = File(name => name, builder => builder.Add("module.0.bias", [3], new float[3]));
        Assert.Contains("'module.0.bias' and '0.bias' would both be '0.bias'", Assert.Throws<InvalidDataException>(
            () => _block.Load(file, new LoadOptions { Rename = [("module.", "")] })).Message);
        Assert.Throws<ArgumentException>(() => _block.Load(File(name => name), new LoadOptions { Rename = [("", "0.")] }));
    }

    [Theory]
    [InlineData("module.", "", "Rename = [(\"module.\", \"\")]")]
    [InlineData("module._orig_mod.", "", "Rename = [(\"module.\", \"\"), (\"_orig_mod.\", \"\")]")]
    [InlineData("", "layers", "Rename = [(\"layers0.\", \"0.\"), (\"layers2.\", \"2.\")]")]
    [InlineData("module.", "l", "Rename = [(\"module.\", \"\"), (\"l0.\", \"0.\"), (\"l2.\", \"2.\")]")]
    public void The_refusal_names_the_renaming_that_would_help(string wrapper, string layer, string cure)
    {
        MemoryStream file = File(name => wrapper + layer + name);
        string message = Assert.Throws<InvalidDataException>(() => _block.Load(file)).Message;
        Assert.Contains(cure, message);
        Assert.DoesNotContain("IgnoreExtra", message);
    }

    [Fact]
    public void Files_of_other_networks_get_no_renaming_suggested()
    {
        var builder = new SafeTensorsBuilder();
        builder.Add("fc.weight", [5, 5], new float[25]);
        Assert.DoesNotContain("Rename", Assert.Throws<InvalidDataException>(() => _block.Load(Written(builder))).Message);
    }

    private MemoryStream File(Func<string, string> rename, Action<SafeTensorsBuilder>? more = null)
    {
        var builder = new SafeTensorsBuilder();
        foreach (ParameterTensor tensor in _saved)
            builder.Add(rename(tensor.Name), tensor.Shape, tensor.ToArray());
        more?.Invoke(builder);
        return Written(builder);
    }

    /// <summary>The saved parameters in another type, which the builder does not write.</summary>
    private byte[] Converted(string type, Func<double, double> change)
    {
        var data = new MemoryStream();
        var entries = new List<string>();
        foreach (ParameterTensor tensor in _saved)
        {
            long start = data.Length;
            foreach (float value in tensor.ToArray())
            {
                double changed = change(value);
                data.Write(type switch
                {
                    "F16" => BitConverter.GetBytes((Half)changed),
                    "BF16" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits((float)changed) >> 16)),
                    _ => BitConverter.GetBytes(changed),
                });
            }

            entries.Add($"\"{tensor.Name}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', tensor.Shape)}],\"data_offsets\":[{start},{data.Length}]}}");
        }

        byte[] header = System.Text.Encoding.UTF8.GetBytes("{" + string.Join(',', entries) + "}");
        return [.. BitConverter.GetBytes((ulong)header.Length), .. header, .. data.ToArray()];
    }

    private static MemoryStream Written(SafeTensorsBuilder builder)
    {
        var stream = new MemoryStream();
        builder.Write(stream);
        stream.Position = 0;
        return stream;
    }
}
