using Xunit.Abstractions;
using Xunit.Sdk;

namespace NetGen.Tests.InstructionSets;

/// <summary>
/// Runs the numeric tests of this assembly in its own process, for processors that are only emulated: no test host is started
/// and nothing is looked up, the program is all there is. See tests/README.md.
/// </summary>
internal sealed class InProcessRunner : LongLivedMarshalByRefObject, IMessageSink
{
    private readonly List<ITestCase> _cases = [];
    private readonly ManualResetEventSlim _isDone = new();
    private int _passed;
    private int _failed;

    /// <summary>Runs the tests whose full names begin with one of the arguments; without arguments all that are numeric.</summary>
    /// <returns>0 if there were tests and all of them passed.</returns>
    public static int Run(string[] prefixes)
    {
        var runner = new InProcessRunner();
        using var framework = new XunitTestFramework(runner);
        framework.GetDiscoverer(Reflector.Wrap(typeof(InProcessRunner).Assembly)).Find(false, runner, new Options());
        runner.AwaitEnd();
        ITestCase[] wanted = [.. runner._cases.Where(test => IsWanted(test, prefixes))];
        framework.GetExecutor(typeof(InProcessRunner).Assembly.GetName()).RunTests(wanted, runner, new Options());
        runner.AwaitEnd();
        Console.WriteLine($"{runner._passed} passed, {runner._failed} failed");
        return runner._failed == 0 && runner._passed > 0 ? 0 : 1;
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage found:
                _cases.Add(found.TestCase);
                break;
            case ITestPassed:
                Interlocked.Increment(ref _passed);
                break;
            case ITestFailed failed:
                Fail(failed.Test.DisplayName, failed);
                break;
            case IFailureInformation error:
                Fail(message.GetType().Name, error);
                break;
            case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                _isDone.Set();
                break;
        }

        return true;
    }

    private static bool IsWanted(ITestCase test, string[] prefixes) =>
        test.Traits.TryGetValue("Category", out List<string>? categories) && categories.Contains("Numeric")
        && (prefixes.Length == 0 || prefixes.Any(prefix =>
            $"{test.TestMethod.TestClass.Class.Name}.{test.TestMethod.Method.Name}".StartsWith(prefix, StringComparison.Ordinal)));

    private void AwaitEnd()
    {
        _isDone.Wait();
        _isDone.Reset();
    }

    private void Fail(string name, IFailureInformation failure)
    {
        Interlocked.Increment(ref _failed);
        Console.WriteLine($"FAILED {name}\n{string.Join('\n', failure.Messages)}\n{string.Join('\n', failure.StackTraces)}");
    }

    /// <summary>The framework's defaults.</summary>
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        public TValue? GetValue<TValue>(string name) => default;

        public void SetValue<TValue>(string name, TValue value)
        {
        }
    }
}
