namespace Efento.Portal.Tests;
public class Probe { [Fact] public void One_Is_One() => Assert.Equal(1, 1); }
