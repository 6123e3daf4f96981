using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    /// <summary>
    /// Trains on all samples at once by a full-batch method: for networks and data sets that are small, where it reaches a
    /// minimum to many digits.
    /// </summary>
    /// <remarks>
    /// The trainer's optimizer is not used, and so neither are decay, clipping, nor factors of parameter ranges: every parameter is
    /// trained. Every evaluation draws the same dropout masks. Samples' weights count. All samples are read into memory;
    /// <see cref="TrainerOptions.MicroBatch"/> bounds the memory for working on them.
    /// </remarks>
    /// <param name="samples">The samples, at least one.</param>
    /// <param name="method">The method.</param>
    /// <param name="cancellationToken">Ends the method with the best so far, before the next of its iterations.</param>
    /// <returns>The mean loss found, and how.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network, or the loss or gradient is not finite at the start.</exception>
    public MinimizationResult Minimize(Dataset samples, Minimizer method, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        using Turn turn = BeginRun(nameof(Minimize));
        var all = new WholeBatch(this, samples);
        return all.KeepOrRestore(point => method.Minimize(
            (at, gradient) =>
            {
                all.MoveTo(at);
                double loss = all.Loss();
                Gather(_gradient, gradient);
                return loss;
            },
            point,
            cancellationToken));
    }

    /// <summary>
    /// Trains on all samples at once by Levenberg and Marquardt's method: for regression with few parameters and the mean squared
    /// error.
    /// </summary>
    /// <remarks>
    /// The Jacobian is computed by one gradient for each output of each sample, and kept: (samples · outputs) · parameters doubles. A
    /// thousand samples and a few hundred parameters are a good size. Samples' weights enter as the roots of their shares. Networks with dropout,
    /// or whose training differs from prediction in other ways, have no Jacobian of this kind and are refused.
    /// </remarks>
    /// <param name="samples">The samples, at least one, with target values.</param>
    /// <param name="method">The method.</param>
    /// <param name="cancellationToken">Ends the method with the best so far, before the next of its iterations.</param>
    /// <returns>The mean squared error found, and how.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network, or its loss is not the mean squared error.</exception>
    public MinimizationResult Minimize(Dataset samples, LevenbergMarquardt method, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        using Turn turn = BeginRun(nameof(Minimize));
        var all = new WholeBatch(this, samples);
        if (TNetwork.Description.Judged.Any(output => output.Lengths is not null))
        {
            throw new ArgumentException(
                $"The method counts all outputs alike; the sequences that {TNetwork.Description.Name} gives have different lengths. Use Lbfgs.",
                nameof(samples));
        }

        if (TNetwork.Description.HasPenalties)
        {
            throw new ArgumentException(
                $"The method knows squares of errors alone, and the loss of {TNetwork.Description.Name} has penalties on weights (L1, L2). Use "
                + "Lbfgs.",
                nameof(samples));
        }

        if (TNetwork.Description.OutputPoints.Count > 1)
        {
            throw new ArgumentException(
                $"The method is for networks with one output; {TNetwork.Description.Name} has {TNetwork.Description.OutputPoints.Count}. Use Lbfgs.",
                nameof(samples));
        }

        if (samples.ClassLength > 0)
            throw new ArgumentException("The method is for target values; the data set's targets are class ids.", nameof(samples));

        MinimizationResult result = all.KeepOrRestore(point => method.Minimize(
            (at, residuals, jacobian) =>
            {
                all.MoveTo(at);
                all.Residuals(residuals);
                if (!jacobian.IsEmpty)
                    all.Jacobian(jacobian);
            },
            checked(samples.Count * TNetwork.OutputLength),
            point,
            cancellationToken));
        // Residuals are scaled so that their squares sum to the mean; the method counts half of that.
        return result with
        {
            Value = 2 * result.Value, GradientNorm = 2 * result.GradientNorm, Values = [.. result.Values.Select(value => 2 * value)],
        };
    }

    /// <summary>Trains on all samples at once without gradients.</summary>
    /// <param name="samples">The samples, at least one.</param>
    /// <param name="method">The method.</param>
    /// <param name="cancellationToken">Ends the method with the best so far, before the next of its iterations.</param>
    /// <returns>The mean loss found, and how.</returns>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public EvolutionResult Minimize(Dataset samples, EvolutionMethod method, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        using Turn turn = BeginRun(nameof(Minimize));
        var all = new WholeBatch(this, samples);
        return all.KeepOrRestore(point => method.Minimize(
            at =>
            {
                all.MoveTo(at);
                return all.Loss();
            },
            point,
            cancellationToken));
    }

    private static void Gather(ParameterBlock block, Span<double> values)
    {
        int start = 0;
        foreach (ParameterTensor tensor in block.Where(tensor => !tensor.Description.IsState))
        {
            float[] elements = tensor.ToArray();
            for (int i = 0; i < elements.Length; i++)
                values[start + i] = elements[i];
            start += elements.Length;
        }
    }

    /// <summary>All samples in memory, and the parameters as one vector of what is no padding.</summary>
    private sealed class WholeBatch
    {
        private readonly Trainer<TNetwork> _trainer;
        private readonly TargetCoding _coding;
        private readonly float[] _inputs;
        private readonly float[] _targets;
        private readonly int[] _classes;
        private readonly float[] _weights;
        private readonly float[] _outputs;
        private readonly int _count;
        private readonly double _totalWeight;

        internal WholeBatch(Trainer<TNetwork> trainer, Dataset samples)
        {
            _coding = CheckDataset(samples, nameof(samples));
            CheckTargetValues(samples, _coding, nameof(samples));
            _trainer = trainer;
            _count = samples.Count;
            _inputs = new float[checked(_count * TNetwork.InputLength)];
            _targets = new float[checked(_count * samples.TargetLength)];
            _classes = new int[checked(_count * samples.ClassLength)];
            _weights = new float[samples.HasSampleWeights ? _count : 0];
            _outputs = new float[checked(_count * TNetwork.OutputLength)];
            int[] all = samples.AllIndices();
            samples.ReadCore(all, _inputs, _targets, _classes);
            if (_weights.Length > 0)
                samples.ReadSampleWeightsCore(all, _weights);
            string bad = BadSample(_inputs, TNetwork.InputLength, "", all);
            if (bad.Length == 0)
                bad = BadSample(_targets, samples.TargetLength, " of its targets", all);
            // A sequence's end may be anything.
            if (bad.Length > 0 && s_lengths.Length == 0)
                throw new ArgumentException($"The loss would not be finite{bad}. Leave such samples out or fill them in.", nameof(samples));
            _totalWeight = _weights.Length == 0 ? _count : SumOf(_weights);
        }

        /// <summary>Runs a method from the model's parameters; the model has those it found, or its own if it throws.</summary>
        internal TResult KeepOrRestore<TResult>(Func<double[], TResult> run)
        {
            var point = new double[TNetwork.Description.ParameterCount];
            Gather(_trainer.Model.Parameters, point);
            float[] before = _trainer.Model.Parameters.Span.ToArray();
            try
            {
                TResult result = run(point);
                MoveTo(point);
                return result;
            }
            catch
            {
                _trainer.Model.Parameters.CopyFrom(before);
                throw;
            }
        }

        internal void MoveTo(ReadOnlySpan<double> point)
        {
            int start = 0;
            foreach (ParameterTensor tensor in _trainer.Model.Parameters.Where(tensor => !tensor.Description.IsState))
            {
                var elements = new float[tensor.Length];
                for (int i = 0; i < elements.Length; i++)
                    elements[i] = (float)point[start + i];
                tensor.CopyFrom(elements);
                start += elements.Length;
            }
        }

        /// <summary>The mean loss, in double precision, and its gradient in the trainer's block.</summary>
        internal double Loss()
        {
            _trainer.Compute(_coding, _inputs, _targets, _classes, _weights, default, GradientUse.Inspect);
            return _trainer._job.Loss;
        }

        /// <summary>The errors, scaled so that their squares sum to the mean squared error.</summary>
        internal void Residuals(Span<double> residuals)
        {
            _trainer.Model.PredictBatch(_inputs, _outputs);
            for (int i = 0; i < residuals.Length; i++)
                residuals[i] = Scale(i / TNetwork.OutputLength) * ((double)_outputs[i] - _targets[i]);
        }

        /// <summary>
        /// The residuals' derivatives. The gradient of a sample's loss, Σ (yₒ − tₒ)² / m, is that of output k alone where the targets are
        /// the outputs themselves, but for t_k = y_k − m / 2.
        /// </summary>
        internal void Jacobian(Span<double> jacobian)
        {
            int outputs = TNetwork.OutputLength;
            int parameters = jacobian.Length / (_count * outputs);
            var targets = new float[outputs];
            for (int row = 0; row < _count * outputs; row++)
            {
                (int sample, int output) = Math.DivRem(row, outputs);
                _outputs.AsSpan(sample * outputs, outputs).CopyTo(targets);
                float shift = 0.5f * outputs;
                targets[output] -= shift;
                // What rounding left of the shift is known, so that nothing is lost where outputs are large.
                float kept = _outputs[row] - targets[output];
                double loss = _trainer.ComputeGradient(_inputs.AsSpan(sample * TNetwork.InputLength, TNetwork.InputLength), targets);
                double expected = (double)kept * kept / outputs;
                if (!(Math.Abs(loss - expected) <= 1e-3 * expected))
                {
                    throw new ArgumentException(
                        $"{TNetwork.Description.Name} does not train with the mean squared error of what it predicts: an error of {kept} in one of "
                        + $"{outputs} outputs costs {loss}, expected {expected}. The method is for networks with MeanSquaredError and without "
                        + "dropout; use Lbfgs for others.");
                }

                Span<double> derivatives = jacobian.Slice(row * parameters, parameters);
                Gather(_trainer._gradient, derivatives);
                double factor = Scale(sample) * shift / kept;
                foreach (ref double derivative in derivatives)
                    derivative *= factor;
            }
        }

        private double Scale(int sample)
        {
            double share = _weights.Length == 0 ? 1.0 / _count : _weights[sample] / _totalWeight;
            return Math.Sqrt(share / TNetwork.OutputLength);
        }
    }
}
