namespace ForensicHeads.Neural.Tests.Files;

public sealed class NetworkFileTests : IDisposable
{
    private readonly Discriminator net = new(Tiny.Preset);
    private readonly NetworkParameters source;
    private readonly NetworkParameters target;

    public NetworkFileTests()
    {
        source = new NetworkParameters(net.Layout, 1, "d");
        target = new NetworkParameters(net.Layout, 2, "d");
    }

    public void Dispose()
    {
        source.Dispose();
        target.Dispose();
    }

    [Fact]
    public void What_was_exported_is_imported_bit_for_bit()
    {
        NetworkFile.Import("d", target, Content(NetworkFile.Export("d", source)), "file");
        Assert.Equal(source.Values.ToArray(), target.Values.ToArray());
        Assert.Equal(source.Spectral.ToArray(), target.Spectral.ToArray());
        Assert.Null(target.Values.grad);
        Assert.True(target.Values.requires_grad);
    }

    [Fact]
    public void Every_parameter_is_in_the_file_under_its_own_name_and_shape()
    {
        var exported = NetworkFile.Export("d", source).ToArray();
        Assert.Equal(net.Layout.Entries.Select(entry => "d." + entry.Name).Append("d.spectral_u"), exported.Select(item => item.Name));
        Assert.Equal(net.Layout.ParameterCount + net.Layout.SpectralCount, exported.Sum(item => (long)item.Values.Length));
    }

    [Theory]
    [InlineData("missing", "lacks the tensor 'd.w0.bias'")]
    [InlineData("shape", "'d.w0.bias' as [1, 1]")]
    [InlineData("u", "lacks the tensor 'd.spectral_u'")]
    public void An_import_that_fails_leaves_the_network_as_it_was(string fault, string says)
    {
        var (values, u) = (target.Values.ToArray(), target.Spectral.ToArray());
        var tensors = NetworkFile.Export("d", source)
            .Where(item => item.Name != (fault == "missing" ? "d.w0.bias" : fault == "u" ? "d.spectral_u" : ""))
            .Select(item => fault == "shape" && item.Name == "d.w0.bias" ? item with { Shape = [1, 1] } : item);
        var error = Assert.Throws<UserErrorException>(() => NetworkFile.Import("d", target, Content(tensors), "file"));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Equal(values, target.Values.ToArray());
        Assert.Equal(u, target.Spectral.ToArray());
    }

    private static SafetensorsContent Content(IEnumerable<NamedTensor> tensors) =>
        new(tensors.ToDictionary(item => item.Name), new Dictionary<string, string>());
}
