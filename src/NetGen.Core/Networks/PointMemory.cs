using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// Where a training step keeps a tensor of its samples at a point, one sample after the other, each row-major in the point's shape: so many
/// floats into the workspace, and further by so many for each sample that there is room for.
/// </summary>
/// <param name="Start">The floats of the workspace that do not depend on the batch.</param>
/// <param name="Offset">Floats for each sample of the workspace's capacity.</param>
/// <param name="Stride">Floats from one sample to the next.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record PointMemory(int Start, int Offset, int Stride);
