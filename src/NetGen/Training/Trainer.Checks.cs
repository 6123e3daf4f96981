using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    /// <summary>Refuses a data set that does not fit the network.</summary>
    /// <returns>How its targets become what the losses are told.</returns>
    private static TargetCoding CheckDataset(Dataset samples, string parameter)
    {
        ArgumentNullException.ThrowIfNull(samples, parameter);
        if (samples.Count == 0)
            throw new ArgumentException("The data set has no samples.", parameter);
        CheckInputs(samples, parameter);
        NetworkDescription network = TNetwork.Description;
        IReadOnlyList<OutputDescription> judged = network.Judged;
        if (judged.Count == 0)
        {
            throw new InvalidOperationException(
                $"{network.Name} has no loss that could compare its outputs with a data set's targets. Give it one, or train it with "
                + $"{nameof(StepFromOutputGradient)}.");
        }

        if (samples.Targets == TargetKind.None)
            throw new ArgumentException($"The data set has no targets; {network.Name} cannot learn from it or be judged by it.", parameter);
        if (judged.Count > 1 && samples.TargetScaler is not null)
        {
            throw new ArgumentException(
                $"The data set's targets are scaled; {network.Name} learns several outputs, "
                + $"{string.Join(", ", judged.Select(output => output.Name))}, "
                + "whose targets are not scaled together.",
                parameter);
        }

        if (samples.TargetScaler is not null && judged[0].Meaning is not (OutputMeaning.Values or OutputMeaning.Signs or OutputMeaning.Probabilities))
        {
            throw new ArgumentException(
                $"The data set's targets are scaled, but the outputs of {network.Name} are {judged[0].Meaning}, which are not.", parameter);
        }

        if (IsSideBySide(samples))
        {
            foreach (OutputDescription output in judged)
                CheckTakesValues(output, parameter);
            return new TargetCoding(network, static (_, _) => false);
        }

        if (samples.TargetParts.Count != judged.Count)
        {
            throw new ArgumentException(
                $"The data set's samples have {Count(samples.TargetParts.Count, "target")}; {network.Name} learns {Count(judged.Count, "output")}, "
                + $"{string.Join(", ", judged.Select(output => output.Name))}: give each its target, in this order, with "
                + $"{nameof(DatasetViews.AddTargets)}.",
                parameter);
        }

        for (int i = 0; i < judged.Count; i++)
            CheckTarget(samples.TargetParts[i], judged[i], parameter);
        return new TargetCoding(network, (_, i) => samples.TargetParts[i].IsClassId);
    }

    private static void CheckValidation(Dataset validation, Dataset train)
    {
        CheckTargetValues(validation, CheckDataset(validation, nameof(validation)), nameof(validation));
        if (!TargetScaler.AreSame(validation.TargetScaler, train.TargetScaler))
        {
            throw new ArgumentException(
                "The targets of training and validation samples are scaled differently: scale both with the scaler of the training samples.",
                nameof(validation));
        }
    }

    private static void CheckInputs(Dataset samples, string parameter)
    {
        NetworkDescription network = TNetwork.Description;
        if (samples.InputShapes.Count > 1
            && !samples.InputShapes.Select(Shapes.LengthOf).SequenceEqual(network.InputPoints.Select(input => input.Length)))
        {
            throw new ArgumentException(
                $"The data set's inputs have the shapes {string.Join(", ", samples.InputShapes.Select(shape => Shapes.Format(shape)))}; "
                + $"{network.Name} expects "
                + $"{string.Join(", ", network.InputPoints.Select(input => $"{Shapes.Format(input.Shape)} for {input.Name}"))}, in this order.",
                parameter);
        }

        if (samples.InputLength != TNetwork.InputLength)
        {
            throw new ArgumentException(
                $"The data set's inputs have the shape {Shapes.Format(samples.InputShape)}, {samples.InputLength} floats; "
                + $"{network.Name} expects {Shapes.Format(network.InputShape)}, {TNetwork.InputLength} floats."
                + (network.InputPoints.Count > 1 ? $" Put the {network.InputPoints.Count} inputs together with {nameof(DatasetViews.Join)}." : ""),
                parameter);
        }
    }

    private static void CheckTarget(TargetPart target, OutputDescription output, string parameter)
    {
        NetworkDescription network = TNetwork.Description;
        bool isOnly = network.Judged.Count == 1;
        string targets = isOnly ? "The data set's targets" : $"The data set's targets for '{output.Name}'";
        string learner = isOnly ? network.Name : $"'{output.Name}' of {network.Name}";
        if (target.IsClassId && output.ClassCount == 0)
            throw new ArgumentException($"{targets} are class ids; {learner} learns target values.", parameter);
        if (target.IsClassId && target.ClassCount > output.ClassCount)
        {
            throw new ArgumentException(
                isOnly ? $"The data set has {target.ClassCount} classes; {learner} knows {output.ClassCount}."
                : $"{targets} are of {target.ClassCount} classes; {learner} knows {output.ClassCount}.",
                parameter);
        }

        if (!target.IsClassId)
            CheckTakesValues(output, parameter);
        if (target.IsClassId && target.Steps != output.Steps)
        {
            throw new ArgumentException(
                $"{targets} are {Count(target.Steps, "class id")} for each sample; {learner} decides "
                + (output.Steps == 1
                    ? "once for a sample."
                    : $"at each of {output.Steps} steps: give each its id, with {nameof(DatasetViews.AddStepTargets)}."),
                parameter);
        }

        if (target.IgnoreIndex is { } ignored && ignored != output.IgnoreIndex)
        {
            throw new ArgumentException(
                $"{targets} have {ignored} where there is none; for {learner} "
                + (output.IgnoreIndex is { } other ? $"{other} stands for that." : $"no id does: write IgnoreIndex = {ignored} at its loss."),
                parameter);
        }

        if (!target.IsClassId && target.Length != output.Length)
        {
            throw new ArgumentException(
                $"{targets} have {target.Length} floats; {learner} has {output.Length} outputs."
                + (target.Length == output.ClassCount ? " Where they are one-hot, make them class ids with ToClasses()." : ""),
                parameter);
        }
    }

    /// <summary>Refuses target values, one-hot or not, for a loss that takes class ids alone.</summary>
    private static void CheckTakesValues(OutputDescription output, string parameter)
    {
        if (!output.NeedsClassIds)
            return;
        string learner = TNetwork.Description.Judged.Count == 1 ? TNetwork.Description.Name : $"'{output.Name}' of {TNetwork.Description.Name}";
        throw new ArgumentException(
            $"The targets are values; the loss of {learner}, {output.Loss}, takes one class id per sample. Where they are one-hot, make them class "
            + $"ids with {nameof(DatasetViews.ToClasses)}().",
            parameter);
    }

    /// <summary>Whether one target of values holds those of several outputs side by side, as columns of a table do.</summary>
    private static bool IsSideBySide(Dataset samples) => TNetwork.Description.Judged.Count > 1
        && samples.TargetParts is [{ Kind: TargetKind.Values }] && samples.TargetLength == TNetwork.Description.Judged.Sum(output => output.Length);

    private static TargetKind KindOf(Dataset samples, int term) =>
        IsSideBySide(samples) ? TNetwork.Description.Judged[term].Targets : samples.TargetParts[term].Kind;

    /// <summary>Refuses metrics of outputs that there are not, or of no output where there are several.</summary>
    private static void CheckMetrics(IReadOnlyList<Metric> metrics, string parameter)
    {
        IReadOnlyList<OutputDescription> judged = TNetwork.Description.Judged;
        string names = string.Join(", ", judged.Select(output => output.Name));
        foreach (Metric metric in metrics)
        {
            if (metric.Output is null && judged.Count > 1)
            {
                throw new ArgumentException(
                    $"{TNetwork.Description.Name} has several outputs with a loss, {names}: say which one {metric.Name} is of, "
                    + $"{nameof(Metric)}.{nameof(Metric.Accuracy)}.{nameof(Metric.For)}(\"{judged[0].Name}\").",
                    parameter);
            }

            if (metric.Output is not null && judged.All(output => output.Name != metric.Output))
            {
                throw new ArgumentException(
                    $"{metric.Name} is of the output '{metric.Output}'; {TNetwork.Description.Name} has a loss on {names}.", parameter);
            }
        }
    }

    /// <summary>The accuracy of whatever surely has classes.</summary>
    private static IReadOnlyList<Metric> DefaultMetrics(Dataset? validation)
    {
        if (validation is null)
            return [];
        IReadOnlyList<OutputDescription> judged = TNetwork.Description.Judged;
        return [.. judged
            .Where((output, i) => KindOf(validation, i) == TargetKind.Classes || output is { Targets: TargetKind.Classes, ClassCount: > 0 })
            .Select(output => judged.Count == 1 ? Metric.Accuracy : Metric.Accuracy.For(output.Name))];
    }

    private static string Count(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";
}
