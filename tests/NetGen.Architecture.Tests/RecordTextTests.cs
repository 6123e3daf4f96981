using System.Reflection;
using System.Runtime.CompilerServices;

namespace NetGen.Architecture.Tests;

/// <summary>A record prints its members; where one of them would print as the name of its type, the record says itself what it is.</summary>
public sealed class RecordTextTests
{
    private static readonly Type[] s_records =
    [
        .. new[] { typeof(NetworkAttribute), typeof(FitOptions) }.SelectMany(type => type.Assembly.GetExportedTypes())
            .Where(type => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null),
    ];

    [Fact]
    public void No_record_prints_the_name_of_a_type()
    {
        Assert.Contains(typeof(EpochRecord), s_records);
        string[] mistakes =
        [
            .. s_records.Where(PrintsItself).SelectMany(record => Members(record)
                .Where(member => !HasText(member.PropertyType))
                .Select(member => $"{record.Name}.{member.Name} is a {member.PropertyType.Name}")),
        ];
        Assert.Equal([], mistakes);
    }

    /// <summary>Whether the compiler wrote the text.</summary>
    private static bool PrintsItself(Type record) =>
        record.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);

    private static IEnumerable<PropertyInfo> Members(Type record) => record.GetProperties(BindingFlags.Instance | BindingFlags.Public);

    private static bool HasText(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(string)
            || (!type.IsInterface && !type.IsArray && type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType is { } declaring
                && declaring != typeof(object) && declaring != typeof(ValueType));
    }
}
