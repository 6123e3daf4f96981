using System.Runtime.InteropServices;
using System.Text;

namespace NetGen.Benchmarks.Peers;

/// <summary>ONNX Runtime through its C interface: the few functions that a bound, preallocated, one-thread run needs.</summary>
/// <remarks>
/// The interface is a table of functions whose order never changes once a version is out; the numbers below are places in
/// that table, all of them from version 5 or before.
/// </remarks>
internal sealed unsafe class OnnxRuntime
{
    private const uint InterfaceVersion = 5;
    private const int OptimiseEverything = 99;
    private const int Sequential = 0;
    private const int OnlyErrors = 3;
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;
    private const int Float = 1;

    private static nint* s_functions;
    private static OnnxRuntime? s_loaded;

    private readonly nint _environment;
    private readonly nint _memory;

    private OnnxRuntime(string path)
    {
        nint library = NativeLibrary.Load(path);
        var getBase = (delegate* unmanaged<nint*>)NativeLibrary.GetExport(library, "OrtGetApiBase");
        nint* functions = getBase();
        s_functions = (nint*)((delegate* unmanaged<uint, nint>)functions[0])(InterfaceVersion);
        Version = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)functions[1])()) ?? "?";
        if (s_functions == null)
            throw new InvalidOperationException($"ONNX Runtime {Version} does not offer version {InterfaceVersion} of its interface.");

        fixed (byte* name = "netgen"u8)
        fixed (nint* environment = &_environment, memory = &_memory)
        {
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)s_functions[3])(OnlyErrors, name, environment));
            Check(((delegate* unmanaged<int, int, nint*, nint>)s_functions[69])(ArenaAllocator, DefaultMemory, memory));
        }
    }

    /// <summary>The library's version.</summary>
    public string Version { get; }

    /// <summary>Loads the library that the variable NETGEN_ORT names, or nothing if it names none.</summary>
    /// <exception cref="DllNotFoundException">The file is no library of this platform.</exception>
    public static OnnxRuntime? Load() => s_loaded ??=
        Environment.GetEnvironmentVariable("NETGEN_ORT") is { Length: > 0 } path ? new OnnxRuntime(path) : null;

    /// <summary>Opens a model with one input and one output and binds preallocated memory to them.</summary>
    /// <param name="model">The model file; its first axis is named N.</param>
    /// <param name="names">The names of the input and the output.</param>
    /// <param name="input">The input's values and shape.</param>
    /// <param name="outputShape">The output's shape.</param>
    public Session Open(string model, (string Input, string Output) names, (float[] Values, long[] Shape) input, long[] outputShape)
    {
        nint options, session, binding;
        Check(((delegate* unmanaged<nint*, nint>)s_functions[10])(&options));
        Check(((delegate* unmanaged<nint, int, nint>)s_functions[13])(options, Sequential));
        Check(((delegate* unmanaged<nint, int, nint>)s_functions[23])(options, OptimiseEverything));
        Check(((delegate* unmanaged<nint, int, nint>)s_functions[24])(options, 1));
        Check(((delegate* unmanaged<nint, int, nint>)s_functions[25])(options, 1));
        fixed (byte* axis = "N"u8)
            Check(((delegate* unmanaged<nint, byte*, long, nint>)s_functions[124])(options, axis, input.Shape[0]));
        byte[] bytes = File.ReadAllBytes(model);
        fixed (byte* data = bytes)
            Check(((delegate* unmanaged<nint, byte*, nuint, nint, nint*, nint>)s_functions[8])(_environment, data, (nuint)bytes.Length, options, &session));
        Check(((delegate* unmanaged<nint, nint*, nint>)s_functions[134])(session, &binding));

        float* inputs = Allocate(input.Values.Length);
        input.Values.CopyTo(new Span<float>(inputs, input.Values.Length));
        int outputLength = (int)outputShape.Aggregate(1L, (product, extent) => product * extent);
        float* outputs = Allocate(outputLength);
        Bind(136, binding, names.Input, Tensor(inputs, input.Shape));
        Bind(137, binding, names.Output, Tensor(outputs, outputShape));
        return new Session(session, binding, outputs, outputLength);
    }

    // The process ends soon after the last run, so sessions and their memory stay until then.
    private static float* Allocate(int length) => (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);

    private nint Tensor(float* data, long[] shape)
    {
        nint value;
        long length = shape.Aggregate(1L, (product, extent) => product * extent);
        fixed (long* extents = shape)
        {
            Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)s_functions[49])(
                _memory, data, (nuint)(length * sizeof(float)), extents, (nuint)shape.Length, Float, &value));
        }

        return value;
    }

    private static void Bind(int function, nint binding, string name, nint value)
    {
        fixed (byte* text = Encoding.UTF8.GetBytes(name + "\0"))
            Check(((delegate* unmanaged<nint, byte*, nint, nint>)s_functions[function])(binding, text, value));
    }

    private static void Check(nint status)
    {
        if (status == 0)
            return;
        string message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)s_functions[2])(status)) ?? "no message";
        ((delegate* unmanaged<nint, void>)s_functions[93])(status);
        throw new InvalidOperationException($"ONNX Runtime: {message}");
    }

    /// <summary>An open model, bound to its memory.</summary>
    internal sealed class Session
    {
        private readonly nint _session;
        private readonly nint _binding;
        private readonly float* _outputs;
        private readonly int _length;

        internal Session(nint session, nint binding, float* outputs, int length)
        {
            _session = session;
            _binding = binding;
            _outputs = outputs;
            _length = length;
        }

        /// <summary>The outputs of the last run.</summary>
        public ReadOnlySpan<float> Outputs => new(_outputs, _length);

        /// <summary>Runs the model some times on the bound memory.</summary>
        public void Run(int calls)
        {
            var run = (delegate* unmanaged<nint, nint, nint, nint>)s_functions[133];
            for (; calls > 0; calls--)
            {
                nint status = run(_session, 0, _binding);
                if (status != 0)
                    Check(status);
            }
        }
    }
}
