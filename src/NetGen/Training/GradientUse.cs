namespace NetGen;

/// <summary>What becomes of the gradient of a batch.</summary>
internal enum GradientUse
{
    /// <summary>It is left to be looked at; parameters and states stay.</summary>
    Inspect,

    /// <summary>It is added to that of other batches; states take their next values.</summary>
    Accumulate,

    /// <summary>It is clipped and applied by the optimizer, perhaps part by part; states take their next values. Nobody may apply it again.</summary>
    Update,

    /// <summary>It is there already, and is clipped and applied.</summary>
    Apply,
}
