namespace NetGen;

/// <content>What the last step left at the network's points.</content>
public sealed partial class Trainer<TNetwork>
{
    /// <summary>
    /// The activation at a point, as the last step or <c>ComputeGradient</c> computed it: with dropout and with the statistics of its batch,
    /// before the parameters were updated. Of networks declared with <see cref="NetworkAttribute.KeepPoints"/>.
    /// </summary>
    /// <param name="point">A point of the model: <c>model.Stem</c>.</param>
    /// <returns>A view that is good until the next step.</returns>
    /// <exception cref="ArgumentException">The point is another network's.</exception>
    /// <exception cref="InvalidOperationException">The network is declared without the option, or nothing has been computed yet.</exception>
    public PointTensor ActivationAt(Layer point) => TensorAt(point, point.Description?.Activation);

    /// <summary>
    /// The gradient of the mean loss with respect to the activation at a point, as the last step or <c>ComputeGradient</c> computed it: through
    /// all that reads the point. Of networks declared with <see cref="NetworkAttribute.KeepPoints"/>.
    /// </summary>
    /// <param name="point">A point of the model: <c>model.Stem</c>.</param>
    /// <returns>A view that is good until the next step.</returns>
    /// <exception cref="ArgumentException">The point is another network's.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network is declared without the option, nothing has been computed yet, or no loss depends on the point.
    /// </exception>
    public PointTensor GradientAt(Layer point)
    {
        if (point.Description is { Activation: not null, Gradient: null })
            throw new InvalidOperationException(
                $"No loss of {TNetwork.Description.Name} depends on the point '{point.Name}', so it has no gradient.");
        return TensorAt(point, point.Description?.Gradient);
    }

    private PointTensor TensorAt(Layer point, PointMemory? memory)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        PointDescription? description = point.Description;
        if (description is null || !TNetwork.Description.Points.Contains(description))
        {
            throw new ArgumentException(
                $"{(description is null ? "It" : $"'{description.Name}'")} is no point of {TNetwork.Description.Name}; its points are "
                + $"{string.Join(", ", TNetwork.Description.Points.Select(known => known.Name))}.", nameof(point));
        }

        if (memory is null)
        {
            throw new InvalidOperationException(
                $"{TNetwork.Description.Name} does not keep what is computed at its points; declare it with [Network(KeepPoints = true)].");
        }

        if (_frame is not { Count: > 0 } frame)
            throw new InvalidOperationException("No batch has been computed yet: call Step or ComputeGradient first.");
        int start = checked(memory.Start + frame.Capacity * memory.Offset);
        return new PointTensor(description, frame.WorkspaceSpan[start..], memory.Stride, frame.Count);
    }
}
