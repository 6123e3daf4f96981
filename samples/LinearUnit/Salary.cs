using NetGen;

namespace LinearUnit;

/// <summary>A single linear unit: years of work in, salary out.</summary>
[Network]
[Input(1)]
[Dense(1)]
[MeanSquaredError]
public partial class Salary;
