using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>The activation that an attribute declares, if it declares one.</summary>
internal static class ActivationReader
{
}
