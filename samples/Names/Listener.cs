using NetGen;

namespace Names;

/// <summary>Tells somebody of each epoch.</summary>
internal sealed class Listener(Action<EpochRecord> listen) : TrainingCallback
{
    public override void OnEpochEnd(FitContext context, EpochRecord record) => listen(record);
}
