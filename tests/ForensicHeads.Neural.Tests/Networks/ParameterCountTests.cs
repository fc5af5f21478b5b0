namespace ForensicHeads.Neural.Tests.Networks;

public class ParameterCountTests
{
    [Fact]
    public void The_paper_preset_has_exactly_the_published_number_of_parameters()
    {
        var generator = new Generator(NetworkPreset.Paper256);
        Assert.Equal(14_825_024, new Embedder(NetworkPreset.Paper256).Layout.ParameterCount);
        Assert.Equal(31_211_715, generator.Layout.ParameterCount);
        Assert.Equal(13_056, generator.Slots.Length);
        Assert.Equal(6_697_728, new Projection(NetworkPreset.Paper256, generator.Slots).Layout.ParameterCount);
        Assert.Equal(19_545_153, new Discriminator(NetworkPreset.Paper256).Layout.ParameterCount);
    }
}
