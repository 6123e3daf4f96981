namespace NetGen.Numerics.Tests.Keras;

/// <summary>Keras' weights, by the names of its layers, as parameters: what lies innermost there is outermost here.</summary>
internal static class KerasWeights
{
    public static void Load(ParameterBlock parameters, string path)
    {
        var file = SafeTensorsFile.Read(path);
        foreach (ParameterTensor tensor in parameters.Where(tensor => !tensor.Description.IsCount))
        {
            string[] names = tensor.Name.Split('.');
            (string layer, string role) = (names[^2], names[^1]);
            bool isDepthwise = layer.StartsWith("depthwise", StringComparison.Ordinal);
            bool isNorm = layer.StartsWith("batch", StringComparison.Ordinal);
            SafeTensor source = file[$"{layer}/" + role switch
            {
                "weight" => isNorm ? "gamma" : isDepthwise ? "depthwise_kernel" : "kernel",
                "bias" => isNorm ? "beta" : "bias",
                "running_mean" => "moving_mean",
                _ => "moving_variance",
            }];
            float[] values = source.ToSingles();
            int[] shape = [.. source.Shape];
            tensor.CopyFrom(shape.Length switch
            {
                1 => values,
                // [in, out], and [height, width, in, out] or, of depthwise ones, [height, width, in, multiplier].
                2 => Reordered(values, shape, [1, 0]),
                _ => Reordered(values, shape, isDepthwise ? [2, 3, 0, 1] : [3, 2, 0, 1]),
            });
        }
    }

    /// <summary>The elements with dimension d of the result being dimension order[d] of what is given.</summary>
    public static float[] Reordered(float[] values, int[] shape, int[] order)
    {
        var result = new float[values.Length];
        for (int to = 0; to < values.Length; to++)
        {
            int from = 0;
            for (int d = order.Length - 1, rest = to; d >= 0; d--)
            {
                from += rest % shape[order[d]] * shape.Skip(order[d] + 1).Aggregate(1, (product, extent) => product * extent);
                rest /= shape[order[d]];
            }

            result[to] = values[from];
        }

        return result;
    }
}
