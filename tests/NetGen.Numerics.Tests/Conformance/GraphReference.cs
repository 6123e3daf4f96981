namespace NetGen.Numerics.Tests.Conformance;

/// <summary>
/// A case of the reference set of graphs as NetGen's calls want it: the inputs, outputs and targets of each sample one after the other, and
/// names of parameters as NetGen's members have them, whose first letters are large.
/// </summary>
internal sealed class GraphReference<TNetwork>(string name) where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly ReferenceCase _case = new($"graphs/{name}");

    internal float[] Inputs => InputRows("input", () => Numbers("lengths"));

    // No loss changes with how long a sequence is.
    internal float[] InputGradient => InputRows("grad_input", () => new float[_case.Integers("lengths").Length]);

    internal float[] Outputs => Rows("output", TNetwork.Description.OutputPoints.Select(output => output.Length));

    internal float[] OutputsAfterTraining => Rows("after_output_eval", TNetwork.Description.OutputPoints.Select(output => output.Length));

    /// <summary>The targets that are values.</summary>
    internal float[] Targets => Interleave([.. Enumerable.Range(0, TNetwork.Description.OutputPoints.Count)
        .Where(i => !_case.IsInteger(Numbered("target", i)))
        .Select(i => (_case[Numbered("target", i)], TNetwork.Description.OutputPoints[i].Length))]);

    /// <summary>The targets that are class ids.</summary>
    internal int[] Classes => Interleave([.. Enumerable.Range(0, TNetwork.Description.OutputPoints.Count)
        .Where(i => _case.IsInteger(Numbered("target", i)))
        .Select(i => (_case.Integers(Numbered("target", i)), TNetwork.Description.OutputPoints[i].Steps))]);

    internal float Loss => _case["loss"][0];

    internal float[] Losses => _case["losses"];

    internal Optimizer Optimizer() => _case.Optimizer();

    /// <summary>
    /// What PyTorch would save of the module: parameters and buffers under the paths of its parts, counts of batches among them.
    /// </summary>
    /// <param name="also">A part that is there under a second name: its name, and the other.</param>
    internal Stream StateDict((string Name, string Other)? also = null)
    {
        var builder = new SafeTensorsBuilder();
        foreach (string prefix in (string[])["param.", "buffer."])
        {
            foreach (string name in _case.NamesUnder(prefix))
            {
                IReadOnlyList<int> shape = TNetwork.Description.Parameters.Single(parameter => parameter.Name == name).Shape;
                builder.Add(name, shape, Numbers(prefix + name));
                if (also is { } twice && name.StartsWith(twice.Name, StringComparison.Ordinal))
                    builder.Add(twice.Other + name[twice.Name.Length..], shape, Numbers(prefix + name));
            }
        }

        foreach (string name in TNetwork.Description.Parameters.Where(parameter => parameter.IsCount).Select(parameter => parameter.Name))
            builder.Add(name, [], (long[])[3]);
        var stream = new MemoryStream();
        builder.Write(stream);
        stream.Position = 0;
        return stream;
    }

    internal void LoadInto(TNetwork model)
    {
        foreach (string prefix in (string[])["param.", "buffer."])
        {
            foreach (string name in _case.NamesUnder(prefix))
                model.Parameters[NameHere(name)].CopyFrom(Numbers(prefix + name));
        }
    }

    /// <summary>Checks all tensors that the case has under a prefix.</summary>
    internal void Check(string prefix, ParameterBlock block, double tolerance)
    {
        foreach (string name in _case.NamesUnder(prefix))
        {
            if (IsNoise(name))
                continue;
            (float[] expected, float[] found) = (Numbers(prefix + name), block[NameHere(name)].ToArray());
            if (!_case.Has($"grad.{name}") || prefix == "grad.")
            {
                Agree.Within(tolerance, expected, found, prefix + name);
                continue;
            }

            // So are single gradients: that of a bias of keys, which moves all scores of a query alike.
            float[] gradient = _case[$"grad.{name}"];
            float[] known = [.. found.Select((number, i) => Math.Abs(gradient[i]) < 1e-7f ? expected[i] : number)];
            Agree.Within(tolerance, expected, known, prefix + name);
        }
    }

    /// <summary>Whether some gradient is nothing but rounding.</summary>
    internal bool HasNoise => _case.NamesUnder("param.").Any(IsNoise);

    /// <summary>Whether a gradient is nothing but rounding: a bias in front of a norm, which takes it away again.</summary>
    private bool IsNoise(string name) => _case.Has($"grad.{name}") && _case[$"grad.{name}"].All(element => Math.Abs(element) < 1e-6f);

    private float[] Numbers(string tensor) =>
        _case.IsInteger(tensor) ? Array.ConvertAll(_case.Integers(tensor), number => (float)number) : _case[tensor];

    // What is a tensor of a module itself there is one of a layer here, which has a name of its own.
    private static string NameHere(string name) => TNetwork.Description.Parameters.Single(parameter =>
        string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase) || parameter.Name == $"{name}.weight").Name;

    /// <summary>A tensor's name; chains have one input and one output, without a number.</summary>
    private string Numbered(string stem, int i) => _case.Has($"{stem}.{i}") ? $"{stem}.{i}" : stem;

    private float[] Rows(string stem, IEnumerable<int> lengths) =>
        Interleave([.. lengths.Select((length, i) => (Numbers(Numbered(stem, i)), length))]);

    private float[] InputRows(string stem, Func<float[]> lengths) => Interleave([.. TNetwork.Description.InputPoints.Select((input, i) =>
        (input.LengthOf is null ? Numbers(Numbered(stem, i)) : lengths(), input.Length))]);

    private static T[] Interleave<T>((T[] Values, int Length)[] columns)
    {
        if (columns.Length == 0)
            return [];
        int count = columns[0].Values.Length / columns[0].Length;
        return [.. Enumerable.Range(0, count).SelectMany(sample =>
            columns.SelectMany(column => column.Values.AsSpan(sample * column.Length, column.Length).ToArray()))];
    }
}
