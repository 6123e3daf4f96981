using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>The steps of convolutions that are computed tile by tile.</summary>
internal sealed partial class StepPlanner
{
    private TransformStep Plan(TileTransform transform, string role)
    {
        bool isWeight = transform.Stage == TileStage.Weight;
        (TransformKernel kernel, IReadOnlyList<Value> bindings) = isWeight ? _transforms.LowerWeight(transform) : _transforms.LowerInput(transform);
        return TransformStep.Of(
            transform.Layer, $"{transform.Output.Name}: the points of {(isWeight ? "" : "each tile of ")}{transform.Source.Name}",
            $"{NameOf(transform.Layer)}{(isWeight ? "Weights" : $"Tiles{role}")}", kernel, bindings);
    }

    private TransformStep PlanOutputs(FusedOperation fused, TileTransform outputs, string role)
    {
        (TransformKernel kernel, IReadOnlyList<Value> bindings) = _transforms.LowerOutput(fused);
        return TransformStep.Of(
            outputs.Layer, $"{string.Join(", ", fused.Results.Select(result => result.Name))}: the outputs of each tile of {outputs.Source.Name}",
            $"{NameOf(outputs.Layer)}Outputs{role}", kernel, bindings);
    }

    /// <summary>The steps of a convolution for so many lines at a time, as many as rows of tiles stay in the cache.</summary>
    private static LoopStep Looped(TiledConvolution convolution, IReadOnlyList<Step> steps)
    {
        var moving = new Dictionary<Value, int>();
        foreach (TransformStep step in convolution.IsWhole ? [] : steps.OfType<TransformStep>())
        {
            foreach ((TransformOperand operand, Value value) in step.Kernel.Operands.Zip(step.Operands, (operand, value) => (operand, value)))
            {
                if (operand is { IsImage: true, Down: not 0 })
                    moving[value] = operand.Down;
            }
        }

        int extent = convolution.Output.Shape[1];
        int lines = convolution.IsWhole ? extent : convolution.RowsAtATime * convolution.Algorithm.Outputs;
        return new LoopStep($"{lines} lines at a time, so that their tiles stay in the cache", steps, "line", extent, lines, moving)
        {
            IsBySample = true,
        };
    }
}
