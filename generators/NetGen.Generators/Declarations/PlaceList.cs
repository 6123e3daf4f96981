using Microsoft.CodeAnalysis;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations;

/// <summary>The places of a class while it is read. Each is numbered as it comes, so that numbers follow from what is written alone.</summary>
internal sealed class PlaceList
{
    private readonly List<SourcePlace> _places = [];

    public Place Add(SourcePlace place)
    {
        _places.Add(place);
        return new Place(_places.Count - 1);
    }

    public Place Add(Location location) => Add(SourcePlace.Of(location));

    public EquatableArray<SourcePlace> ToEquatableArray() => _places.ToEquatableArray();
}
