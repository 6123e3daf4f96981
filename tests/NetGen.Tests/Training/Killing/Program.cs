using NetGen.Tests.Training.Killing;

// The test program is started by one of its own tests, as the process to be killed; tests themselves run in the test host.
if (args is not [KilledRuns.Argument, string directory])
{
    Console.Error.WriteLine("This program holds tests: run them by dotnet test.");
    return 1;
}

KilledRuns.RunAll(directory);
return 0;
