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

    [Theory]
    [InlineData("1,2,0\n3,4,1\n5,6,0\n", false)]
    [InlineData("5.1,3.5,setosa\n4.9,3.0,setosa\n6.3,2.9,virginica\n5.8,2.7,virginica\n", false)]
    [InlineData("?,2,0\n3,4,1\n", false)]
    [InlineData("e,x,s\np,x,s\ne,b,s\n", false)]
    [InlineData("cap,gill,class\np,x,s\ne,b,s\n", true)]
    [InlineData("a,b,c\n1,2,0\n", true)]
    [InlineData("year,2001,2002\n1,2,0\n3,4,1\n", true)]
    [InlineData(",b,c\n1,2,0\n3,4,1\n", true)]
    public void A_first_line_of_data_is_not_taken_for_names(string text, bool hasHeader)
    {
        CsvColumn[] texts = text.Any(char.IsAsciiDigit) ? [] : [0, 1];
        CsvData data = Csv.Read(_directory.Write("h.csv", text), new CsvOptions { Missing = CsvMissing.Mean, Ids = texts });

        Assert.Equal(text.Count(character => character == '\n') - (hasHeader ? 1 : 0), data.Samples.Count);
        Assert.Equal(hasHeader, !data.InputNames[0].StartsWith("column ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("0,1,2\n1,2,0\n3,4,1\n")]
    [InlineData("2001,2002,class\n1,2,a\n3,4,b\n3,4,b\n3,4,a\n")]
    public void A_first_line_that_may_be_either_is_refused_until_it_is_said(string text)
    {
        string path = _directory.Write("h.csv", text);

        Assert.Contains("may be data or names of columns: set CsvOptions.HasHeader", Refused(path, new CsvOptions()));
        int lines = text.Count(character => character == '\n');
        Assert.Equal(lines, Csv.Read(path, new CsvOptions { HasHeader = false }).Samples.Count);
        Assert.Equal(lines - 1, Csv.Read(path, new CsvOptions { HasHeader = true }).Samples.Count);
    }

    [Fact]
    public void A_test_file_may_have_its_columns_in_any_order()
    {
        CsvData train = Csv.Read(
            _directory.Write("a.csv", "id,age,income,colour,y\n1,30,1000,red,p\n2,40,2000,blue,q\n"),
            new CsvOptions { OneHot = ["colour"], Ignore = ["id"] });

        CsvData test = Csv.Read(_directory.Write("b.csv", "y,colour,income,age\nq,red,3000,50\n"), new CsvOptions { EncodingOf = train });

        Assert.Equal(train.InputNames, test.InputNames);
        Assert.Equal([50, 3000, 0, 1], test.Samples.Input(0).ToArray());
        Assert.Equal([1], test.Samples.GetClasses());
        Assert.Contains("no column 'income'", Refused(
            _directory.Write("b.csv", "y,colour,age\nq,red,50\n"), new CsvOptions { EncodingOf = train }));
        Assert.Contains("a column 'size' that the file whose encoding is used has not", Refused(
            _directory.Write("b.csv", "y,colour,income,age,size\nq,red,3000,50,1\n"), new CsvOptions { EncodingOf = train }));
        Assert.Equal(1, Csv.Read(
            Path.Combine(_directory.Root, "b.csv"), new CsvOptions { EncodingOf = train, Ignore = ["size"] }).Samples.Count);
    }

    [Fact]
    public void A_file_without_targets_is_read_for_prediction()
    {
        CsvData classes = Csv.Read(_directory.Write("a.csv", "x,z,y\n1,2,p\n3,4,q\n"));
        CsvData values = Csv.Read(_directory.Write("a.csv", "x,y,z\n1,2,3\n"), new CsvOptions { Targets = TargetKind.Values, TargetColumns = ["y"] });

        foreach (CsvData known in (CsvData[])[classes, values])
        {
            MemoryDataset samples = Csv.Read(_directory.Write("b.csv", "z,x\n5,6\n"), new CsvOptions { EncodingOf = known }).Samples;
            Assert.Equal((TargetKind.None, 1), (samples.Targets, samples.Count));
            Assert.Equal([6, 5], samples.Input(0).ToArray());
        }

        Assert.Equal(3, Csv.Read(Path.Combine(_directory.Root, "a.csv"), new CsvOptions { Targets = TargetKind.None }).Samples.InputLength);
    }

    [Fact]
    public void Classes_that_are_equal_numbers_are_one_however_they_are_written()
    {
        CsvData data = Csv.Read(_directory.Write("n.csv", "x,y\n1,0\n1,1\n1,0.0\n1,1.0\n1,01\n1,1e0\n1,-0\n"));

        Assert.Equal(["0", "1"], data.ClassNames);
        Assert.Equal([0, 1, 0, 1, 1, 1, 0], data.Samples.GetClasses());
        Assert.Equal([1], Csv.Read(_directory.Write("t.csv", "x,y\n1,1.00\n"), new CsvOptions { EncodingOf = data }).Samples.GetClasses());
        // What differs in a digit that no floating-point number has is not equal.
        Assert.Equal(2, Csv.Read(_directory.Write("n.csv", "x,y\n1,9007199254740992\n1,9007199254740993\n")).ClassNames.Count);
        Assert.Equal(["1", "1.0", "a"], Csv.Read(_directory.Write("n.csv", "x,y\n1,1\n1,1.0\n1,a\n")).ClassNames);
    }

    [Fact]
    public void Columns_may_be_aligned_by_blanks()
    {
        string path = _directory.Write("b.txt", "  x      z   name\n 1.5    2   a\n10.25\t \t-3   \"b  c\"  \n\n");

        CsvData data = Csv.Read(path, new CsvOptions { Delimiter = ' ' });

        Assert.Equal(["x", "z"], data.InputNames);
        Assert.Equal(["a", "b  c"], data.ClassNames);
        Assert.Equal([10.25f, -3], data.Samples.Input(1).ToArray());
    }

    [Fact]
    public void Decimal_commas_are_read_where_they_are_asked_for()
    {
        string path = _directory.Write("d.csv", "x;z;y\n1,5;-2e1;a\n,5;3;b\n");

        Assert.Equal([1.5f, -20], Csv.Read(path, new CsvOptions { Delimiter = ';', DecimalSeparator = ',' }).Samples.Input(0).ToArray());
        Assert.Contains("found '1,5'. If the comma stands before decimals, set CsvOptions.DecimalSeparator = ','.", Refused(path, new CsvOptions { Delimiter = ';', HasHeader = true }));
        Assert.Contains("found '1.5'", Refused(
            _directory.Write("e.csv", "x;y\n1.5;a\n"), new CsvOptions { Delimiter = ';', DecimalSeparator = ',' }));
        Assert.Throws<ArgumentException>(() => Csv.Read(path, new CsvOptions { DecimalSeparator = 'e' }));
    }

    [Fact]
    public void Names_that_stand_in_no_file_say_nothing_about_its_blanks() =>
        Assert.EndsWith("has no column of inputs beside its targets.", Refused(_directory.Write("one.csv", "1.5e2\n7.5e1\n"), new CsvOptions()));

    [Theory]
    [InlineData("x,y\n\"1,234.5\",a\n", ',', '.', "found '1,234.5'. Numbers have no separators between groups of digits")]
    [InlineData("x;y\n1.234,5;a\n", ';', ',', "found '1.234,5'. Numbers have no separators between groups of digits")]
    [InlineData("x;y\n1 234 567,5;a\n", ';', ',', "found '1 234 567,5'. Numbers have no separators between groups of digits")]
    [InlineData("x;y\n1'234;a\n", ';', '.', "found '1'234'. Numbers have no separators between groups of digits")]
    [InlineData("x;y\n1 234;a\n", ';', '.', "found '1 234'. If blanks separate the fields")]
    public void Groups_of_digits_are_not_guessed_at(string text, char delimiter, char decimals, string message) => Assert.Contains(
        message, Refused(_directory.Write("g.csv", text), new CsvOptions { Delimiter = delimiter, DecimalSeparator = decimals, HasHeader = true }));

    [Fact]
    public void Text_in_another_encoding_is_refused_or_read_right_never_changed()
    {
        string latin = Path.Combine(_directory.Root, "latin.csv");
        File.WriteAllText(latin, "größe,y\n1,Köln\n", System.Text.Encoding.Latin1);
        string wide = Path.Combine(_directory.Root, "wide.csv");
        File.WriteAllText(wide, "größe,y\n1,Köln\n", System.Text.Encoding.Unicode);
        string bare = Path.Combine(_directory.Root, "bare.csv");
        File.WriteAllBytes(bare, System.Text.Encoding.Unicode.GetBytes("a,y\n1,b\n"));

        string cut = Path.Combine(_directory.Root, "cut.csv");
        File.WriteAllBytes(cut, File.ReadAllBytes(wide)[..^1]);
        string torn = Path.Combine(_directory.Root, "torn.csv");
        File.WriteAllBytes(torn, [0xFF, 0xFE, .. System.Text.Encoding.Unicode.GetBytes("a,y\n1,b"), 0x00, 0xD8, .. System.Text.Encoding.Unicode.GetBytes("\n")]);

        const string Damaged = "begins with the byte order mark of utf-16, but is not text in it: it is damaged or truncated";
        Assert.Contains(Damaged, Refused(cut, new CsvOptions()));
        Assert.Contains(Damaged, Refused(torn, new CsvOptions()));
        Assert.Contains("is not text in utf-8: set CsvOptions.Encoding", Refused(latin, new CsvOptions()));
        Assert.Equal(["Köln"], Csv.Read(latin, new CsvOptions { Encoding = System.Text.Encoding.Latin1 }).ClassNames);
        Assert.Equal(["größe"], Csv.Read(wide).InputNames);
        Assert.Contains("contains the character NUL", Refused(bare, new CsvOptions()));
        Assert.Equal(["b"], Csv.Read(bare, new CsvOptions { Encoding = System.Text.Encoding.Unicode }).ClassNames);
    }

    [Theory]
    [InlineData("a;b;y\n1;2;p\n", "If ';' separates the fields, set CsvOptions.Delimiter = ';'.")]
    [InlineData("a\tb\ty\n1\t2\tp\n", "If '\\t' separates the fields, set CsvOptions.Delimiter = '\\t'.")]
    [InlineData("a|b|y\n1|2|p\n", "If '|' separates")]
    [InlineData("a b y\n1 2 3\n", "If blanks separate the fields, set CsvOptions.Delimiter = ' '.")]
    [InlineData("a;b;y\n1,5;2;p\n", "If ';' separates")]
    [InlineData("1;5,2\n1;4,3\n", "If ';' separates")]
    [InlineData("Measured on Monday\na,b,y\n1,2,p\n", "CsvOptions.SkipLines passes over them")]
    [InlineData("x,x\n1,2\n", "CsvOptions.HasHeader = false")]
    public void What_may_be_wrong_with_the_options_is_suspected(string text, string hint) =>
        Assert.Contains(hint, Refused(_directory.Write("w.csv", text), new CsvOptions()));

    [Fact]
    public void A_quote_that_is_never_closed_does_not_take_the_whole_file()
    {
        string path = _directory.Write("q.csv", "x,y\n1,a\n\"" + new string('1', 20_000_000));

        Assert.Contains(path, Refused(path, new CsvOptions()));
    }

    [Fact]
    public void A_compressed_file_that_is_cut_anywhere_is_refused_by_name()
    {
        var random = new RandomStream(1);
        string text = "x,z,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{random.NextSingle()},{i},{i % 3}\n"));
        byte[] compressed = TemporaryDirectory.Compress(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(60, Csv.Read(_directory.Write("whole.csv.gz", compressed)).Samples.Count);

        for (int length = 0; length < compressed.Length; length++)
        {
            string path = _directory.Write("cut.csv.gz", compressed[..length]);
            Assert.Contains(path, Refused(path, new CsvOptions()));
        }
    }

    private static string Refused(string path, CsvOptions options) =>
        Assert.Throws<InvalidDataException>(() => Csv.Read(path, options)).Message;
}
