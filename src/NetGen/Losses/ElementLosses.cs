namespace NetGen;

/// <summary>
/// Losses that compare each output with its target value. All means are over samples and a sample's outputs alike; with
/// sample weights, over samples by weight.
/// </summary>
/// <remarks>
/// Each method writes the samples' shares of the batch's mean loss to the frame, and the gradient of that mean with
/// respect to the outputs. Rows of outputs and gradients with room for whole vectors are faster; gradients are written as zero behind the
/// last output up to the stride.
/// </remarks>
public static class ElementLosses
{
    /// <summary>The mean of (output − target)².</summary>
    /// <param name="frame">The batch, with target values.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient, overwritten.</param>
    /// <param name="length">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in outputs and gradient.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    public static void MeanSquaredError(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to) =>
        Run(new SquaredError(), frame, in outputs, ref gradient, length, stride, from, to);

    /// <summary>The mean of |output − target|; its slope at 0 is 0.</summary>
    /// <param name="frame">The batch, with target values.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient, overwritten.</param>
    /// <param name="length">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in outputs and gradient.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    public static void MeanAbsoluteError(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to) =>
        Run(new AbsoluteError(), frame, in outputs, ref gradient, length, stride, from, to);

    /// <summary>
    /// The mean of ½ e² where |e| ≤ delta and delta · (|e| − ½ delta) elsewhere, e = output − target (P. J. Huber,
    /// 1964).
    /// </summary>
    /// <param name="frame">The batch, with target values.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient, overwritten.</param>
    /// <param name="length">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in outputs and gradient.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    /// <param name="delta">Where the square turns into a line, positive.</param>
    public static void Huber(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to, float delta = 1f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(delta);
        Run(new HuberError(delta, 1), frame, in outputs, ref gradient, length, stride, from, to);
    }

    /// <summary>
    /// The mean of ½ e² / beta where |e| &lt; beta and |e| − ½ beta elsewhere, e = output − target: PyTorch's
    /// <c>SmoothL1Loss</c>.
    /// </summary>
    /// <param name="frame">The batch, with target values.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient, overwritten.</param>
    /// <param name="length">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in outputs and gradient.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    /// <param name="beta">Where the square turns into a line, positive.</param>
    public static void SmoothL1(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to, float beta = 1f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(beta);
        Run(new HuberError(beta, 1 / beta), frame, in outputs, ref gradient, length, stride, from, to);
    }

    /// <summary>The mean of ln cosh(output − target).</summary>
    /// <param name="frame">The batch, with target values.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient, overwritten.</param>
    /// <param name="length">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in outputs and gradient.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    public static void LogCosh(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to) =>
        Run(new LogCosh(), frame, in outputs, ref gradient, length, stride, from, to);

    /// <summary>
    /// The mean of −t ln p − (1 − t) ln(1 − p) with p = sigmoid(output), for targets from 0 to 1.
    /// </summary>
    /// <param name="frame">The batch, with target values.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient, overwritten.</param>
    /// <param name="length">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in outputs and gradient.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    public static void BinaryCrossEntropy(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to) =>
        Run(new LogisticCrossEntropy(), frame, in outputs, ref gradient, length, stride, from, to);

    /// <summary>
    /// The mean of exp(output) − target · output: the negative log-likelihood of counts whose logarithmic rate is the
    /// output, without its constant (PyTorch's <c>PoissonNLLLoss</c>).
    /// </summary>
    /// <param name="frame">The batch, with target values.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient, overwritten.</param>
    /// <param name="length">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in outputs and gradient.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    public static void PoissonLikelihood(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to) =>
        Run(new PoissonLikelihood(), frame, in outputs, ref gradient, length, stride, from, to);

    /// <summary>The mean of max(0, 1 − output · target), for targets −1 and 1.</summary>
    /// <param name="frame">The batch, with target values.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient, overwritten.</param>
    /// <param name="length">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in outputs and gradient.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    public static void Hinge(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to) =>
        Run(new Hinge(), frame, in outputs, ref gradient, length, stride, from, to);

    private static void Run<TLoss>(
        TLoss loss, TrainingFrame frame, ref readonly float outputs, ref float gradient, int length, int stride, int from, int to)
        where TLoss : struct, IElementLoss
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (frame.HasClasses)
            throw new ArgumentException("The loss needs target values, not class ids.", nameof(frame));
        var rows = new ElementLossRows<TLoss>(loss, frame, length, new BatchWeights(frame, default));
        RowLoss.Run(rows, frame, in outputs, ref gradient, length, stride, from, to);
    }
}
