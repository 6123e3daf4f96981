using NetGen.Data;

namespace NetGen.Tests.Data;

/// <summary>Which texts of a column are one class or category.</summary>
public sealed class CsvCategoryTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("True|true|TRUE|False|false", "false|true", "1|1|1|0|0")]
    [InlineData("TRUE|FALSE|TRUE", "FALSE|TRUE", "1|0|1")]
    [InlineData("true|False", "False|true", "1|0")]
    [InlineData("True|true|unknown", "true|unknown", "0|0|1")]
    [InlineData("\"true \"|True|false", "false|True", "1|1|0")]
    [InlineData("yes|Yes|no", "Yes|no|yes", "2|0|1")]
    [InlineData("US|us", "US|us", "0|1")]
    [InlineData("0|1|0.0|1.0|01|1e0", "0|1", "0|1|0|1|1|1")]
    [InlineData("-0|0|+1|1", "0|1", "0|0|1|1")]
    [InlineData("1|true", "1|true", "0|1")]
    public void Truth_values_and_numbers_are_what_they_mean_and_words_what_they_are(string texts, string classes, string ids)
    {
        string[] rows = texts.Split('|');
        CsvData data = Csv.Read(_directory.Write("a.csv", "x,y\n" + string.Concat(rows.Select(text => $"1,{text}\n"))));
        Assert.Equal(classes, string.Join('|', data.ClassNames));
        Assert.Equal(ids, string.Join('|', data.Samples.GetClasses()));
    }

    [Fact]
    public void A_test_file_may_write_truth_values_in_another_way()
    {
        CsvData train = Csv.Read(
            _directory.Write("a.csv", "x,member,y\n1,True,false\n2,False,true\n"), new CsvOptions { OneHot = ["member"] });
        CsvData test = Csv.Read(_directory.Write("b.csv", "x,member,y\n1,TRUE,TRUE\n"), new CsvOptions { EncodingOf = train });

        Assert.Equal(["x", "member=False", "member=True"], test.InputNames);
        Assert.Equal([1, 0, 1], test.Samples.Input(0).ToArray());
        Assert.Equal([1], test.Samples.GetClasses());
    }

    [Fact]
    public void Words_in_a_column_of_inputs_are_refused_with_what_to_do_about_them()
    {
        string path = _directory.Write("a.csv", "x,member,y\n1,True,a\n2,False,b\n");
        Assert.Contains(
            "line 2, column 2 (member): expected a number, found 'True'. If the column holds categories, CsvOptions.OneHot",
            Assert.Throws<InvalidDataException>(() => Csv.Read(path)).Message);
        Assert.Equal(["x", "member=False", "member=True"], Csv.Read(path, new CsvOptions { OneHot = ["member"] }).InputNames);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused_by_their_names()
    {
        string path = _directory.Write("a.csv", "x,y\n1,a\n");
        Assert.Equal("SkipLines", Assert.Throws<ArgumentOutOfRangeException>(() => Csv.Read(path, new CsvOptions { SkipLines = -1 })).ParamName);
        Assert.Equal("Delimiter", Assert.Throws<ArgumentException>(() => Csv.Read(path, new CsvOptions { Delimiter = '§' })).ParamName);
        Assert.Equal("Delimiter", Assert.Throws<ArgumentException>(() => Csv.Read(path, new CsvOptions { Delimiter = '\n' })).ParamName);
        Assert.Equal("Quote", Assert.Throws<ArgumentException>(() => Csv.Read(path, new CsvOptions { Delimiter = '"' })).ParamName);
    }

    [Theory]
    [InlineData("NULL")]
    [InlineData("n/a")]
    [InlineData("nan")]
    [InlineData("#N/A")]
    public void The_usual_marks_of_what_is_missing_are_no_classes(string mark) => Assert.Contains(
        $"line 3, column 2 (y): the value is missing (found '{mark}')",
        Assert.Throws<InvalidDataException>(() => Csv.Read(_directory.Write("a.csv", $"x,y\n1,a\n2,{mark}\n"))).Message);
}
