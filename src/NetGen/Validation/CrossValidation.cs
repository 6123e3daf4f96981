using NetGen.Data;

namespace NetGen;

/// <summary>
/// Measures how well a network learns a data set: trains a new one on all folds but one, measures it on that one, and goes on until each fold
/// has been measured on (M. Stone, "Cross-Validatory Choice and Assessment of Statistical Predictions", 1974).
/// </summary>
/// <remarks>
/// Nothing of a fold's samples reaches the network that is measured on them: scales are fitted on the training samples, and
/// training stops by a part of those. The same seed and data give the same bits.
/// </remarks>
public static class CrossValidation
{
    /// <summary>Runs a cross-validation: <c>CrossValidation.Run&lt;WineNet&gt;(wine)</c>.</summary>
    /// <inheritdoc cref="Run{TNetwork}(Func{int, TNetwork}, Dataset, CrossValidationOptions?)"/>
    public static CrossValidationResult Run<TNetwork>(Dataset data, CrossValidationOptions? options = null)
        where TNetwork : class, ITrainableNetwork<TNetwork> => Run(TNetwork.Create, data, options);

    /// <summary>Runs a cross-validation of networks made by a function, for those whose constructor takes more than a seed.</summary>
    /// <typeparam name="TNetwork">The network, with a loss.</typeparam>
    /// <param name="create">Makes a network from a seed.</param>
    /// <param name="data">The samples, neither scaled nor weighted by what all of them together say.</param>
    /// <param name="options">How; five folds with early stopping by default.</param>
    /// <returns>Mean and deviation of the loss and of every metric, and each fold's results.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network, or are too few.</exception>
    /// <exception cref="InvalidOperationException">A metric is for other targets, or classes are to keep their shares and there are none.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public static CrossValidationResult Run<TNetwork>(
        Func<int, TNetwork> create, Dataset data, CrossValidationOptions? options = null)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new CrossValidationOptions();
        options.Validate();
        if (data.Count < options.Folds)
            throw new ArgumentException($"{options.Folds} folds need as many samples, found {data.Count}.", nameof(data));

        // Here samples still have the numbers by which the caller knows them.
        if (data.Count > 0 && options.ScaleInputs)
            ScaledRows.Inputs(data, nameof(data)).RequireFinite();
        if (data.Count > 0 && options.ScaleTargets && data.Targets == TargetKind.Values)
            ScaledRows.Targets(data, nameof(data)).RequireFinite();
        bool stratify = options.Stratify ?? data.HasClassIds;
        IReadOnlyList<Metric> metrics = options.Metrics ?? DefaultMetrics(TNetwork.Description, data);
        var folds = data.Folds(options.Folds, options.Seed, stratify);
        return new CrossValidationResult([.. folds.Select((fold, i) =>
            RunFold(create(unchecked(options.Seed + i)), fold, unchecked(options.Seed + i), stratify, metrics, options))]);
    }

    private static FoldResult RunFold<TNetwork>(
        TNetwork model, Fold fold, int seed, bool stratify, IReadOnlyList<Metric> metrics, CrossValidationOptions options)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        (Dataset training, Dataset stopping) = options.StoppingShare > 0
            ? fold.Training.Split(1 - options.StoppingShare, seed, stratify)
            : (fold.Training, fold.Training.Slice(0, 0));
        Func<Dataset, Dataset> scale = Scaling(training, TNetwork.Description, options);
        bool stops = stopping.Count > 0;
        using var trainer = new Trainer<TNetwork>(model, options.Optimizer(), options.Trainer);
        TrainingHistory history = trainer.Fit(scale(training).ToMemory(), new FitOptions
        {
            Epochs = options.Epochs,
            BatchSize = options.BatchSize,
            Seed = seed,
            Validation = stops ? scale(stopping).ToMemory() : null,
            Metrics = [],
            Callbacks = stops ? [new EarlyStopping(patience: options.Patience)] : [],
            Progress = options.Progress,
            CancellationToken = options.CancellationToken,
        });
        options.CancellationToken.ThrowIfCancellationRequested();
        return new FoldResult(history, trainer.Evaluate(scale(fold.Validation), metrics));
    }

    /// <summary>How samples are scaled by what a fold's training samples say.</summary>
    private static Func<Dataset, Dataset> Scaling(Dataset training, NetworkDescription network, CrossValidationOptions options)
    {
        FeatureScaler? inputs = options.ScaleInputs ? FeatureScaler.Standardize(training, perChannel: training.InputShape.Count == 3) : null;
        TargetScaler? targets = options.ScaleTargets && training.Targets == TargetKind.Values && training.TargetScaler is null
            && network is { Outputs: OutputMeaning.Values, Targets: TargetKind.Values }
            ? TargetScaler.Standardize(training)
            : null;
        return samples =>
        {
            Dataset scaled = inputs is null ? samples : samples.Scale(inputs);
            return targets is null ? scaled : scaled.ScaleTargets(targets);
        };
    }

    private static IReadOnlyList<Metric> DefaultMetrics(NetworkDescription network, Dataset data) =>
        data.Targets == TargetKind.Classes || network is { Targets: TargetKind.Classes, ClassCount: > 0 } ? [Metric.Accuracy]
        : network.Outputs is OutputMeaning.Values or OutputMeaning.LogRates ? [Metric.RSquared, Metric.MeanAbsoluteError]
        : [];
}
