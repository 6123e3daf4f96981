using NetGen.Tests.InstructionSets;
using NetGen.Tests.Training.Killing;

// "dotnet test" runs the tests in its own host. Started as a program this is either the process that one of the tests kills, or
// runs the numeric tests in process.
if (args is not [KilledRuns.Argument, string directory])
    return InProcessRunner.Run(args);

KilledRuns.RunAll(directory);
return 0;
