// The compiler looks for this type, which .NET Standard 2.0 lacks, where a list is taken apart by a pattern.

namespace System;

internal readonly struct Index(int value, bool fromEnd = false)
{
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
