using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>Loops over what is done again and again: lines, steps of time; and what turns of samples add.</summary>
internal sealed partial class ProgramWriter
{
    private void WriteLoop(LoopStep loop, string from, string to, bool oneSample, bool isSingle)
    {
        if (!loop.IsBySample || oneSample)
        {
            WriteTurns(loop, from, to, oneSample);
            return;
        }

        if (isSingle)
        {
            WriteOwnTurns(from, to);
            return;
        }

        using (writer.Open($"for (int sample = {from}; sample < {to}; sample++)"))
            WriteOwnTurns("sample", "sample + 1");

        // Scratch is where the first of these samples has its own.
        void WriteOwnTurns(string first, string end) =>
            Moved(loop.All, loop.Bindings.Where(value => value.IsScratch).ToDictionary(value => value, value => memory[value].Length), from)
                .WriteTurns(loop, first, end, oneSample);
    }

    private void WriteTurns(LoopStep loop, string from, string to, bool oneSample)
    {
        if (loop.Extent == loop.Stride)
        {
            WriteCalls(loop.Steps, from, to, oneSample);
            return;
        }

        writer.Comment(loop.Comment);
        string counter = loop.LastStart is null ? loop.Counter : $"{loop.Counter}Next";
        using (writer.Open(loop.IsReversed
            ? $"for (int {counter} = {loop.Extent - loop.Stride}; {counter} >= 0; {Next(counter, "--", "-=", loop.Stride)})"
            : $"for (int {counter} = 0; {counter} < {loop.Extent}; {Next(counter, "++", "+=", loop.Stride)})"))
        {
            if (loop.LastStart is { } last)
                writer.Line($"int {loop.Counter} = Math.Min({counter}, {last});");
            ProgramWriter turn = Moved(loop.All, loop.Moving, loop.Counter);
            if (loop.Window is { } window)
                turn.WriteEntering(loop, window, from, to);

            turn.WriteCalls(loop.Steps, from, to, oneSample);
        }
    }

    private void WriteLines(LinesStep step)
    {
        (RowOperand lines, Shape image) = (step.Lines, step.Image.Shape);
        string counted = step.Stride == 1 ? step.Counter : $"{step.Counter} * {step.Stride}";
        string first = step.First switch { 0 => counted, < 0 => $"{counted} - {-step.First}", _ => $"{counted} + {step.First}" };
        writer.Comment(step.Comment);
        writer.Call(
            "ImageLines.Copy",
            [
                Operand(lines), $"{lines.RowStride}", $"{lines.LineStride}", $"ref {Name(step.Image)}",
                $"{step.Channels}", $"{image[1]}", $"{image[2]}", first, $"{lines.Value.Shape[1]}",
            ]);
    }

    // A window begins at the same step of time in both directions.
    private void WriteEntering(LoopStep loop, int window, string from, string to)
    {
        string first = loop.IsReversed ? $"{loop.Counter} + 1" : loop.Counter;
        using (writer.Open($"if ({(loop.IsReversed ? $"({first})" : first)} % {window} == 0)"))
        {
            foreach (ClearStep clear in loop.Entering)
            {
                string[] operands = [$"ref {At(clear.Target, clear.Offset)}", $"{clear.SampleStride}", $"{clear.Length}"];
                writer.Comment(clear.Comment);
                if (clear.Steps is { } steps)
                    writer.Call("SequenceLengths.ClearWithin", [.. operands, Operand(steps), $"{steps.SampleStride}", first, from, to]);
                else
                    writer.Call("Samples.Clear", [.. operands, from, to]);
            }
        }
    }

    private void WriteParts(PartsStep parts)
    {
        (int extent, int granularity) = kernels.ShareOf(parts.Kernel);
        int steps = kernels.StepsOfPart(parts);
        string gradient = Name(parts.Gradient), handed = $"{gradient}Parts";
        writer.Line($"(from, to) = worker.Share({extent}, {granularity});");
        writer.Comment($"{parts.Comment}, in parts that are applied at once unless the whole gradient is needed");
        writer.Line(
            $"GradientParts {handed} = frame.PartsOf(ref {gradient}, {memory[parts.Gradient].Length}, {extent * parts.RowLength}, worker);");
        bool isCut = steps < extent;
        using (isCut ? writer.Open($"for (int first = from; first < to; first += {steps})") : default(IDisposable))
        {
            if (isCut)
                writer.Line($"int last = Math.Min(first + {steps}, to);");
            (string first, string last) = isCut ? ("first", "last") : ("from", "to");
            using (parts.Panels > 1 ? writer.Open($"for (int panel = 0; panel < {parts.Panels}; panel++)") : default(IDisposable))
            {
                ProgramWriter panel = parts.Panels > 1 ? Moved(parts.Steps, parts.Moving, parts.Counter) : this;
                panel.WritePart(parts, handed, first, last);
            }
        }
    }

    private void WritePart(PartsStep parts, string handed, string first, string last)
    {
        KernelStep step = parts.Kernel;
        string gradient = At(parts.Gradient, step.Offsets[0]);
        IEnumerable<string> operands = step.Operands.Select((value, i) => $"ref {At(value, step.Offsets[i])}").Skip(1);
        writer.Call(kernels.Of(step, oneSample: false), [$"ref {handed}.PlaceOf(ref {gradient})", .. operands, first, last, "count"]);
        writer.Line($"{handed}.Apply(ref {gradient}, {first} * {parts.RowLength}, {last} * {parts.RowLength});");
    }

    // What turns have added has a row for each.
    private string CountOf(KernelStep step) => step.Reads.Any(value => value.Whole is not null) ? Turns : "count";

    private string Turns => SamplesOfTurn > 1 ? $"(count + {SamplesOfTurn - 1}) / {SamplesOfTurn}" : "count";

    /// <summary>The call of a sum over the samples of a turn: they are where the first of them is, and as many.</summary>
    private void WriteTurn(KernelStep step, string from, string to, bool isSingle)
    {
        int samples = step.Kernel.Axes.ToList().FindIndex(axis => axis.IsDynamic);
        IEnumerable<string> operands = step.Operands.Select((value, i) =>
        {
            string distance = value.Whole is null ? $"(nint){from} * {step.Kernel.Operands[i].Strides[samples]}"
                : SamplesOfTurn == 1 ? $"(nint){from} * {memory[value].Length}"
                : $"(nint)({from} / {SamplesOfTurn}) * {memory[value].Length}";
            int offset = step.Offsets[i] - BeginningOf(value);
            return $"ref Unsafe.Add(ref {Name(value)}, {distance}{(offset == 0 ? "" : $" + {offset}")})";
        });
        writer.Comment(step.Comment);
        writer.Call(kernels.Of(step), [.. operands, "0", $"{kernels.ShareOf(step).Extent}", isSingle ? "1" : $"{to} - {from}"]);
    }

    private static string Next(string counter, string one, string several, int stride) =>
        stride == 1 ? $"{counter}{one}" : $"{counter} {several} {stride}";
}
