using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;

namespace NetGen.Generators.Planning.Memory;

/// <summary>How outputs get into callers' memory: copied there or, where they lie as callers want them, written there at once.</summary>
internal sealed record OutputWriting(IReadOnlyList<Operation> Operations, ICollection<Value> Written)
{
    public static OutputWriting Choose(
        IReadOnlyList<OutputPoint> outputs, IReadOnlyList<Operation> operations, Orientation orientation, CallersMemory callers)
    {
        var complete = operations.ToList();
        var written = new List<Value>();
        foreach ((OutputPoint point, Value target) in outputs.Zip(callers.AddOutputs(outputs), (point, target) => (point, target)))
        {
            Value output = point.Value;
            // An image that lies by columns is what the caller gets, if the kernel that computes it writes every row as it is.
            bool isInPlace = output.Shape.IsImage && orientation.HasColumnsAlongVector(output)
                && operations.First(operation => operation.Output == output) is Contract or Map or Reduce or Softmax
                && operations.All(operation => !operation.Inputs.Contains(output))
                && outputs.Count(other => other.Value == output) == 1;
            if (isInPlace)
                callers.WriteInPlace(output, target);
            else
                complete.Add(new Relayout("Output", target, output));
            written.Add(isInPlace ? output : target);
        }

        return new OutputWriting(complete, written);
    }
}
