namespace NetGen.Tests.Training.Checkpoints;

/// <summary>Writes checkpoints anew with something wrong in them, as a failing disk, another program or a mistake of ours might leave them.</summary>
internal static class CheckpointDamage
{
    private const string Position = "netgen/position", Sums = "netgen/sums", History = "netgen/history", Momentum = "netgen/optimizer/momentum";
    private const string Stopping = "netgen/callback/0/";

    /// <summary>Damages a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="damage">What to do to it.</param>
    /// <param name="hidden">Whether the checksum is that of the damaged content.</param>
    /// <returns>False if that damage cannot be told apart, or cannot be done to this file.</returns>
    internal static bool Apply(string path, string damage, bool hidden)
    {
        var file = SafeTensorsFile.Read(path);
        var floats = new Dictionary<string, (IReadOnlyList<int> Shape, float[] Values)>();
        var integers = new Dictionary<string, long[]>();
        foreach (SafeTensor tensor in file.Tensors)
        {
            if (tensor.Type == SafeTensorType.F32)
                floats[tensor.Name] = (tensor.Shape, tensor.ToSingles());
            else
                integers[tensor.Name] = tensor.ToInt64s();
        }

        var metadata = new Dictionary<string, string>(file.Metadata);
        switch (damage)
        {
            case "a renamed tensor":
                floats["0.weights"] = floats["0.weight"];
                floats.Remove("0.weight");
                break;
            case "no optimizer": metadata.Remove("run: optimizer"); break;
            case "no format": metadata.Remove("format"); break;
            case "another format": metadata["format"] = "netgen checkpoint 2"; break;
            case "no checksum": metadata.Remove(FileChecksum.Key); break;
            case "another checksum": metadata[FileChecksum.Key] = new string('0', 8); break;
            case "NaN parameters": floats["0.weight"].Values[3] = float.NaN; break;
            case "infinite parameters": floats["0.bias"].Values[1] = float.NegativeInfinity; break;
            case "NaN state": floats[Momentum].Values[3] = float.NaN; break;
            case "a negative weight": Set(Sums, 1, -3.0); break;
            case "a negative sum": Set(Sums, 0, -3.0); break;
            case "an infinite sum": Set(Sums, 0, double.PositiveInfinity); break;
            case "a negative epoch": integers[Position][0] = -1; break;
            case "an absurd epoch": integers[Position][0] = 1L << 40; break;
            case "an absurd batch": integers[Position][1] = 1L << 33; break;
            case "a negative batch": integers[Position][1] = -2; break;
            case "no steps": integers[Position][2] = 0; break;
            case "an absurd reason": integers[Position][4] = 99; break;
            case "a missing state": floats.Remove(Momentum); break;
            case "another state":
                floats["netgen/optimizer/mean"] = floats[Momentum];
                floats.Remove(Momentum);
                break;
            case "a shorter state": floats[Momentum] = ([5], new float[5]); break;
            case "no position": integers.Remove(Position); break;
            case "a short position": integers[Position] = integers[Position][..4]; break;
            case "floats for a position":
                integers.Remove(Position);
                floats[Position] = ([5], new float[5]);
                break;
            case "a ragged history": integers[History] = integers[History][..^1]; break;
            case "epochs of another number": Set(History, 0, 7.0); break;
            case "no history": integers.Remove(History); break;
            case "a negative rate": Set(Sums, 3, -0.1); break;
            case "a NaN rate": Set(Sums, 4, double.NaN); break;
            case "no callback" when hidden: return false;
            case "no callback":
                integers.Remove(Stopping + "progress");
                integers.Remove(Stopping + "parameters");
                break;
            case "half a callback": integers.Remove(Stopping + "progress"); break;
            case "a short callback": integers[Stopping + "progress"] = integers[Stopping + "progress"][..2]; break;
            case "NaN best parameters": Set(Stopping + "parameters", 2, double.NaN); break;
            default: throw new ArgumentException(damage, nameof(damage));
        }

        if (hidden && damage is "no checksum" or "another checksum" or "no format" or "another format")
            hidden = false;
        var builder = new SafeTensorsBuilder();
        foreach ((string name, (IReadOnlyList<int> shape, float[] values)) in floats)
            builder.Add(name, shape, values);
        foreach ((string name, long[] values) in integers)
            builder.Add(name, [values.Length], values);
        foreach ((string key, string value) in metadata)
            builder.Metadata[key] = value;
        if (hidden)
            builder.AddChecksum();
        builder.Save(path);
        return true;

        void Set(string name, int index, double value) => integers[name][index] = BitConverter.DoubleToInt64Bits(value);
    }
}
