namespace ForensicHeads.Generator.Tests.Training;

public sealed class PlainNetworksTests
{
    [Theory]
    [InlineData("autoencoder", "autoencoder", "content")]
    [InlineData("decoders", "decoders", "l1")]
    [InlineData("identity-loss", "identity-loss-64", "identity")]
    [InlineData("identity-judge", "identity-judge-64", "identity")]
    [InlineData("landmarks", "landmarks-64", "landmarks")]
    public void Every_name_makes_its_network(string name, string file, string loss)
    {
        using var network = PlainNetworks.Create(name, name == PlainNetworks.AutoEncoder ? NetworkPreset.Heads64 : null, 1);
        Assert.Equal((file, loss), (network.Name, network.LossName));
        Assert.Contains(name, PlainNetworks.Names);
    }

    [Theory]
    [InlineData("identity-judge", "identity-judge-128")]
    [InlineData("landmarks", "landmarks-128")]
    public void Face_networks_take_the_frames_of_a_preset(string name, string file)
    {
        using var network = PlainNetworks.Create(name, NetworkPreset.Heads128, 1);
        Assert.Equal(file, network.Name);
        var error = Assert.Throws<UserErrorException>(() => PlainNetworks.Create(name, NetworkPreset.Paper256, 1));
        Assert.Contains("frames of 256 px", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_name_a_missing_preset_and_one_too_many_are_wrong_usage()
    {
        Assert.Contains("'vgg'", Refused("vgg", null), StringComparison.Ordinal);
        Assert.Contains("--preset is missing", Refused("autoencoder", null), StringComparison.Ordinal);
        Assert.Contains("sizes are fixed", Refused("decoders", NetworkPreset.Heads64), StringComparison.Ordinal);

        static string Refused(string name, NetworkPreset? preset)
        {
            var error = Assert.Throws<UserErrorException>(() => PlainNetworks.Create(name, preset, 1));
            Assert.Equal(2, error.ExitCode);
            return error.Message;
        }
    }
}
