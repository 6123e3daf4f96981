using NetGen.Generators.Declarations;
using NetGen.Generators.Emission.Members;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission;

/// <summary>Writes a planned network as the files a person would open: parameters, inference, training, kernels.</summary>
internal static class NetworkEmitter
{
    public static IEnumerable<GeneratedFile> Emit(NetworkDeclaration network, NetworkPlan plan)
    {
        GeneratedFile[] code = [.. Code(network, plan)];
        string contract = plan.Training is null ? "INetwork" : "ITrainableNetwork";
        GeneratedFile parameters = NetworkFile.Write(
            network, "Parameters", $"partial class {network.Name} : global::NetGen.{contract}<{network.Name}>",
            writer => ParametersPart.Write(writer, network, plan, CodeStamp.Of(code)), SummaryText.Of(plan, network.IsDocumented));
        return [parameters, .. code];
    }

    /// <summary>The files that run over the network's memory.</summary>
    private static IEnumerable<GeneratedFile> Code(NetworkDeclaration network, NetworkPlan plan)
    {
        yield return NetworkFile.Write(network, "Inference", $"partial class {network.Name}", writer => InferencePart.Write(writer, network, plan));
        if (plan.Stream is { } stream)
            yield return NetworkFile.Write(
                network, "Stream", $"partial class {network.Name}", writer => StreamPart.Write(writer, network, plan.Graph, stream));
        if (plan.Training is { } training)
            yield return NetworkFile.Write(
                network, "Training", $"partial class {network.Name}", writer => TrainingPart.Write(writer, network, training));
        yield return KernelsPart.Write(network, plan);
    }
}
