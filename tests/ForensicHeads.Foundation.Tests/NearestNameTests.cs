namespace ForensicHeads.Foundation.Tests;

public class NearestNameTests
{
    private static readonly string[] Commands = ["doctor", "ingest", "generate", "models", "list", "train", "fakes"];

    [Theory]
    [InlineData("ingset", "ingest")]
    [InlineData("igest", "ingest")]
    [InlineData("modles", "models")]
    [InlineData("lsit", "list")]
    [InlineData("TRAIN", "train")]
    [InlineData("gen", "generate")]
    [InlineData("fake", "fakes")]
    [InlineData("bogus", null)]
    [InlineData("g", null)]
    [InlineData("", null)]
    public void A_slip_in_three_letters_is_mended_and_so_is_a_name_cut_short(string word, string? near) =>
        Assert.Equal(near, NearestName.Of(word, Commands));

    [Theory]
    [InlineData("heads-46", "heads-64")]
    [InlineData("heads-12", "heads-128")]
    [InlineData("haeds-128", "heads-128")]
    public void The_nearest_counts_not_the_first(string word, string near) =>
        Assert.Equal(near, NearestName.Of(word, ["paper-256", "heads-64", "heads-128"]));

    [Fact]
    public void Of_names_equally_near_the_first_is_taken() => Assert.Equal("cat", NearestName.Of("bat", ["cat", "rat"]));

    [Fact]
    public void A_suggestion_is_a_question_or_nothing()
    {
        Assert.Equal(" Did you mean list?", NearestName.Suggestion("lits", Commands));
        Assert.Equal("", NearestName.Suggestion("verify", Commands));
    }

    [Fact]
    public void A_name_that_a_catalogue_does_not_know_is_answered_with_the_nearest() =>
        Assert.Equal("There is no letter 'lapha'; choose from alpha, beta. Did you mean alpha?",
            Assert.Throws<UserErrorException>(() =>
                new Catalogue<Letter>("letter", new Letter("alpha"), new Letter("beta")).ByName("lapha")).Message);

    private sealed record Letter(string Name) : INamed;
}
