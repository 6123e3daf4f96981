using NetGen.Tests.InstructionSets;

// "dotnet test" runs the tests in its own host; started as a program, this runs the numeric ones in process.
return InProcessRunner.Run(args);
