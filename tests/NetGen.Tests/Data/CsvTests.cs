using System.Globalization;
using NetGen.Data;

namespace NetGen.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private const string People = """
        age,colour,city,score,won
        30,red,Ulm,1.5,yes
        40,blue,"Bonn, West",-2e1,no
        50,red,Ulm,0,yes

        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Columns_become_inputs_and_the_last_one_the_class()
    {
        var data = Csv.Read(
            _directory.Write("people.csv", People),
            new CsvOptions { OneHot = ["colour"], Ids = [2] });

        Assert.Equal(["age", "colour=blue", "colour=red", "city", "score"], data.InputNames);
        Assert.Equal(["no", "yes"], data.ClassNames);
        Assert.Equal([1, 0, 1], data.Samples.GetClasses());
        Assert.Equal([30, 0, 1, 1, 1.5f], data.Samples.Input(0).ToArray());
        Assert.Equal([40, 1, 0, 0, -20], data.Samples.Input(1).ToArray());
    }

    [Fact]
    public void Targets_may_be_numbers_in_several_columns()
    {
        var data = Csv.Read(
            _directory.Write("people.csv", People),
            new CsvOptions { Targets = TargetKind.Values, TargetColumns = ["score", 0], Ignore = ["colour", "city"], Ids = [^1] });

        Assert.Equal([1.5f, 30], data.Samples.Target(0).ToArray());
        Assert.Equal([-20f, 40], data.Samples.Target(1).ToArray());
        Assert.Equal(["won"], data.InputNames);
        Assert.Empty(data.ClassNames);
    }

    [Fact]
    public void Files_may_lack_a_header_use_other_quotes_and_be_compressed()
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes("150,4,about\n1.0;2;'-1'\n3.5;4;'1'\n5;6;'-1'\n");
        string path = _directory.Write("data.csv.gz", TemporaryDirectory.Compress(text));

        var data = Csv.Read(path, new CsvOptions { HasHeader = false, SkipLines = 1, Delimiter = ';', Quote = '\'' });

        Assert.Equal(["-1", "1"], data.ClassNames);
        Assert.Equal([0, 1, 0], data.Samples.GetClasses());
        Assert.Equal([3.5f, 4], data.Samples.Input(1).ToArray());
    }

    [Fact]
    public void Classes_that_are_numbers_are_ordered_as_numbers()
    {
        var data = Csv.Read(_directory.Write("n.csv", "x,y\n1,10\n1,9\n1,-1\n"));

        Assert.Equal(["-1", "9", "10"], data.ClassNames);
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal([1.5f], Csv.Read(_directory.Write("c.csv", "x,y\n1.5,a\n")).Samples.Input(0).ToArray());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Missing_values_are_refused_skipped_or_replaced_as_asked()
    {
        string path = _directory.Write("m.csv", "x,c,y\n1,a,p\n?,b,q\n5,NA,p\n6,a,\n3,b,q\n");

        Assert.Contains("line 3, column 1 (x): the value is missing (found '?')", Refused(path, new CsvOptions { Ids = ["c"] }));

        var skipped = Csv.Read(path, new CsvOptions { Ids = ["c"], Missing = CsvMissing.SkipRow }).Samples;
        Assert.Equal([1, 0, 3, 1], [.. skipped.Input(0), .. skipped.Input(1)]);
        Assert.Equal(2, skipped.Count);

        var filled = Csv.Read(path, new CsvOptions { Ids = ["c"], Missing = CsvMissing.Mean }).Samples;
        Assert.Equal(3, filled.Count);
        Assert.Equal([2, 1], filled.Input(1).ToArray());
    }

    [Fact]
    public void A_test_file_is_encoded_as_the_training_file()
    {
        var train = Csv.Read(_directory.Write("a.csv", "c,x,y\nred,1,p\nblue,3,q\ngreen,5,p\n"), new CsvOptions { OneHot = ["c"] });
        var options = new CsvOptions { OneHot = ["c"], EncodingOf = train, Missing = CsvMissing.Mean };

        var test = Csv.Read(_directory.Write("b.csv", "c,x,y\nred,?,q\n"), options);

        Assert.Equal([0, 0, 1, 3], test.Samples.Input(0).ToArray());
        Assert.Equal([1], test.Samples.GetClasses());
        Assert.Equal(2, test.Samples.ClassCount);
        Assert.Contains("line 2, column 1 (c): the category 'pink' is not one of blue, green, red", Refused(_directory.Write("b.csv", "c,x,y\npink,1,q\n"), options));
        Assert.Contains("line 2, column 3 (y): the class 'r' is not one of p, q", Refused(_directory.Write("b.csv", "c,x,y\nred,1,r\n"), options));
    }

    [Theory]
    [InlineData("x,y\n1,a\nb,a\n", "line 3, column 1 (x): expected a number, found 'b'")]
    [InlineData("x,y\n1,a\n\n1e999,a\n", "line 4, column 1 (x): expected a number, found '1e999'")]
    [InlineData("x,y\n1,a,2\n", "line 2: expected 2 fields as in the first line, found 3")]
    [InlineData("x,y\n1\n", "line 2: expected 2 fields as in the first line, found 1")]
    [InlineData("x,y\n", "has no rows")]
    [InlineData("", "has no rows")]
    [InlineData("x,x\n1,2\n", "two columns alike")]
    [InlineData("y\na\n", "no column of inputs")]
    [InlineData("x,y\n1,a\n2,\"b\n3,c\n", "line 3:")]
    [InlineData("x,y\n1,a\n\"2\"3,b\n", "line 3:")]
    public void A_wrong_file_is_refused_with_line_and_column(string text, string reason)
    {
        string path = _directory.Write("wrong.csv", text);
        string message = Refused(path, new CsvOptions());
        Assert.Contains(reason, message);
        Assert.Contains(path, message);
    }

    [Fact]
    public void Unknown_and_contradictory_columns_are_refused()
    {
        string path = _directory.Write("people.csv", People);

        Assert.Contains("no column 'size'; its columns are 'age', 'colour'", Refused(path, new CsvOptions { Ignore = ["size"] }));
        Assert.Contains("no column 9", Refused(path, new CsvOptions { TargetColumns = [9] }));
        Assert.Throws<ArgumentException>(() => Csv.Read(path, new CsvOptions { OneHot = ["city"], Ignore = ["city"] }));
        Assert.Throws<ArgumentException>(() => Csv.Read(path, new CsvOptions { TargetColumns = [3, 4] }));
    }

    private static string Refused(string path, CsvOptions options) =>
        Assert.Throws<InvalidDataException>(() => Csv.Read(path, options)).Message;
}
